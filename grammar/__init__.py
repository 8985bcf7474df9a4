"""The grammar of the rule language and the table of its names."""
