"""Typed values in a text: money, percent, numbers, durations, deadlines, persons, identifiers."""

from replylint.facts.slots.finding import find_slots
from replylint.facts.slots.model import Found

__all__ = ["Found", "find_slots"]
