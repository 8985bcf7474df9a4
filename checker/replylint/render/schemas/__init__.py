"""The JSON Schemas of everything that is written as JSON."""
