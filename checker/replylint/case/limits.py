"""What a case file may not exceed, so that no file can exhaust the machine that reads it."""

MAX_DOCUMENT_BYTES = 20_000_000
"""A Markdown, YAML or JSON file; larger collections belong into JSON Lines or CSV, which are read row by row."""

LIMIT = f"{MAX_DOCUMENT_BYTES // 1_000_000} MB"
"""The same for people."""

MAX_ROW_CHARACTERS = 2_000_000
"""A line of JSON Lines, or a record of CSV."""

MAX_DEPTH = 50
"""Lists and mappings inside one another."""

MAX_DIGITS = 15
"""Digits before the point of a number."""

UNSTATED_CURRENCY = "XXX"
"""Of amounts that state no currency, until the contract says which one is meant; ISO 4217 has this code for none."""
