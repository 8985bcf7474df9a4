"""Proof of what was checked: signed receipts for drafts that were cleared, and a log of every verdict."""
