"""The wordings of the built-in facts and issues."""
