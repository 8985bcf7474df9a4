"""What a text says: typed facts read from wordings and their context."""
