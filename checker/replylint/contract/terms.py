"""The closed lists of what a contract speaks of, by the names that stand in it."""

from __future__ import annotations

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LEVELS = ("low", "normal", "serious", "critical")
GRAVE = ("serious", "critical")
"""The levels that go up."""
CLOCKS = ("acknowledge", "start", "first_reply", "next_update", "resolve")
"""The clocks of a severity level in the order in which they run out; `escalate` runs beside them."""
EMERGENCIES = ("surge", "serious_complaint", "malicious_attack", "media_report", "rumour")
ALLEGATIONS = ("injury", "food_poisoning", "discrimination", "harassment", "fraud", "legal", "media")
ENFORCEMENTS = ("advisory", "overridable", "mandatory")
"""How strictly a rule is held: shown only; a waiver may set it aside; nothing may."""
STATEMENTS = (
    "recall", "investigation_result", "lawsuit", "closure", "media", "internal", "third_party", "admission", "claim",
)  # fmt: skip
PROMISES = (
    "refund", "compensation", "remedy", "contact", "investigate", "relay", "improve", "discipline", "guarantee",
    "escalate",
)  # fmt: skip
