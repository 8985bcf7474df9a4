"""Accuracy measured on labelled replies: facts found, verdicts reached."""
