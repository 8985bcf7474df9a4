"""`replylint init`: what it asks, and the files that it makes of the answers."""
