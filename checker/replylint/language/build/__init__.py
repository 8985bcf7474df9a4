"""Builds the syntax tree from what the parser reduces, as it goes."""
