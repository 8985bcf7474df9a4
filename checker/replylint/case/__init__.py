"""Cases: a review, the drafted reply and the planned actions, read from any supported file."""
