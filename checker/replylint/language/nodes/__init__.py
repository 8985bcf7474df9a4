"""What the conditions of a syntax tree are made of."""
