"""Reports: text, JSON, SARIF and GitHub annotations."""
