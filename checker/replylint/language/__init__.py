"""The rule language: syntax, parsing, resolution, canonical format, plain-language descriptions."""
