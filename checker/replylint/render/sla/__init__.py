"""Reports on event logs: text, JSON, and one HTML page."""
