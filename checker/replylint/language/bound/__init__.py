"""What resolved rules are made of: every name bound, every value typed."""
