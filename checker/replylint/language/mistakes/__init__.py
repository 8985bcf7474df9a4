"""What a writer most likely did wrong, where the parser stopped."""
