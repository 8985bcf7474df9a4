"""What a contract may say about authority: who may offer, promise, say and do what, and up to how much."""

from __future__ import annotations

from replylint.contract.shapes import APPROVER, ROLES, TEXT, Form, Leaf, Leaves, Record, Shape, Table
from replylint.contract.terms import PROMISES, STATEMENTS


def _offer(limit: Form, note: str) -> Record:
    fields: dict[str, Shape] = {
        "limit": Leaf(limit, "the most that may be promised in one case"),
        "limits": Table("role", Leaf(limit), "other limits for other roles"),
        "who": ROLES,
        "approver": APPROVER,
        "earliest": Leaf("duration", "the soonest that may be promised"),
        "latest": Leaf("duration", "the latest that may be promised"),
    }
    return Record(fields, ("limit",), note)


_OFFERS = Record(
    {
        "refund": _offer("money", "money back"),
        "compensation": _offer("money", "anything given beyond a refund"),
        "voucher": _offer("money", "a voucher"),
        "gift": _offer("money", "a gift, by its worth"),
        "discount": _offer("percent", "a discount, by what is taken off"),
        "replacement": _offer("money", "a replacement, by its worth"),
    },
    note="what may be offered, and up to how much",
)

_ACTION = Record(
    {
        "title": Record({"en": TEXT, "zh": TEXT}, ("en", "zh"), "what an action of the brand's own is called"),
        "parameters": Table(
            "name", Leaf("type", "money, percent, duration, count, text, texts, datetime or yesno"),
            "what may be stated with it; the first is the value right behind its name",
        ),
        "fulfils": Leaves("text", "built-in actions that an action of your own counts as"),
        "who": ROLES,
        "approver": APPROVER,
    }
)  # fmt: skip

AUTHORITY = Record(
    {
        "drafter": Leaf("role", "the role of whoever drafts, where a draft does not state one"),
        "offers": _OFFERS,
        "contact": Record(
            {"earliest": Leaf("duration"), "latest": Leaf("duration"), "who": ROLES},
            note="promises to get in touch: how soon at the soonest, how late at the latest",
        ),
        "promises": Record(dict.fromkeys(PROMISES, ROLES), note="who may promise what"),
        "statements": Record(dict.fromkeys(STATEMENTS, ROLES), note="who may say what in the brand's name"),
        "actions": Table("name", _ACTION, "who may do what and who approves it; also the brand's own actions"),
    },
    ("offers", "contact", "statements", "actions"),
)
