"""What a contract may say: one declaration that the reader, the JSON Schema and the docs follow.

A plain declaration rather than pydantic models: mistakes have to be told at their place in the file, all at once and
in the reader's language, and importing pydantic alone would take as long as reading the whole contract.
"""

from __future__ import annotations

from collections.abc import Mapping

from replylint.contract.shapes import Either, Form, Leaf, Leaves, Listing, Record, Shape, Table

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

_TEXT = Leaf("text")
_TITLE = Either(_TEXT, Record({"en": _TEXT, "zh": _TEXT}), note="what it is called: one title, or one in each language")
_ROLES = Leaves("role", "roles, as listed under `roles`; an empty list is nobody")
_APPROVER = Leaf("role", "the role that approves", contact=True)


def _offer(limit: Form, note: str) -> Record:
    fields: dict[str, Shape] = {
        "limit": Leaf(limit, "the most that may be promised in one case"),
        "limits": Table("role", Leaf(limit), "other limits for other roles"),
        "who": _ROLES,
        "approver": _APPROVER,
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
        "title": Record({"en": _TEXT, "zh": _TEXT}, ("en", "zh"), "what an action of the brand's own is called"),
        "parameters": Table(
            "name", Leaf("type", "money, percent, duration, count, text, texts, datetime or yesno"),
            "what may be stated with it; the first is the value right behind its name",
        ),
        "fulfils": Leaves("text", "built-in actions that an action of your own counts as"),
        "who": _ROLES,
        "approver": _APPROVER,
    }
)  # fmt: skip

_OWN_VALUE = Leaf("type", "money, percent, duration, count, text, texts, datetime or yesno")
_OWN_FIELD = Either(_OWN_VALUE, Record({"choices": Leaves("text")}, ("choices",)))

_AUTHORITY = Record(
    {
        "drafter": Leaf("role", "the role of whoever drafts, where a draft does not state one"),
        "offers": _OFFERS,
        "contact": Record(
            {"earliest": Leaf("duration"), "latest": Leaf("duration"), "who": _ROLES},
            note="promises to get in touch: how soon at the soonest, how late at the latest",
        ),
        "promises": Record(dict.fromkeys(PROMISES, _ROLES), note="who may promise what"),
        "statements": Record(dict.fromkeys(STATEMENTS, _ROLES), note="who may say what in the brand's name"),
        "actions": Table("name", _ACTION, "who may do what and who approves it; also the brand's own actions"),
    },
    ("offers", "contact", "statements", "actions"),
)

_CALENDAR = Record(
    {
        "business_hours": Record({day: Leaf("hours", "`09:00-18:00`, or `closed`") for day in WEEKDAYS}, WEEKDAYS),
        "holidays": Record(
            {
                "country": Leaf("country", "ISO 3166 code; the public holidays of this country are closed"),
                "subdivision": Leaf("text", "state or province, where holidays differ"),
                "extra": Table("date", _TEXT, "days that are closed besides, with the reason"),
                "workdays": Table("date", Leaf("hours"), "make-up workdays and days with other hours"),
            },
            ("country",),
        ),
        "cover": Record(
            {
                "role": Leaf("role", contact=True),
                "levels": Leaves("level"),
                "hours": Leaf("duty", "when, beside business hours; without it, always"),
            },
            ("role",),
            "who answers when closed",
        ),
    },
    ("business_hours", "holidays"),
)

_LEVEL = Record(
    {
        "definition": _TEXT,
        "rating_at_most": Leaf("count", "reviews with so many stars or fewer are of this level"),
        "allegations": Leaves("allegation", "reviews that allege this are of this level"),
        "issues": Leaves("issue", "reviews that complain about this are of this level"),
        "press": Leaf("yesno", "yes: reviews that the press wrote or took up are of this level"),
        **{
            f"{reach}_at_least": Leaf("count", f"reviews with so many {reach} or more are of this level")
            for reach in ("followers", "views", "shares")
        },
        **{clock: Leaf("duration") for clock in (*CLOCKS, "escalate")},
        "hours": Leaf("counting", "when its minutes and hours run: `always`, `business hours` or `cover hours`"),
        "warn": Leaf("warning", "when so much of a clock is left it is due soon: `25%`, or `1 hour`"),
    },
    ("definition", "first_reply"),
)

_EMERGENCY: Mapping[str, Shape] = {
    "definition": _TEXT,
    "level": Leaf("level"),
    "notify": Leaves("role", contact=True),
    "escalate": Leaf("duration"),
    "pause_replies": Leaf("yesno", "drafts wait until a person lets them go on"),
    "speaker": Leaf("role", "the only role that speaks in public meanwhile", contact=True),
    "holds_until": Leaf("moment", "declared to hold until then, whatever the reviews say"),
}
_SEVERAL: Mapping[str, Shape] = {
    "reviews": Leaf("count", "so many reviews that agree"),
    "within": Leaf("duration"),
    "alike": Leaf("percent", "how much of two texts is the same for them to agree"),
}
_EMERGENCY_REQUIRED = ("definition", "level", "notify")

_WAIVING: Mapping[str, Shape] = {
    "who": _ROLES,
    "longest": Leaf("duration", "how far ahead a waiver may end at most"),
}

CONTRACT = Record(
    {
        "version": Leaf("count"),
        "brand": Record({"name": _TEXT, "legal_name": _TEXT, "languages": Leaves("text")}, ("name",)),
        "agency": Record({"name": _TEXT, "legal_name": _TEXT}, ("name",)),
        "time_zone": Leaf("zone", "such as `Asia/Taipei`"),
        "calendar": _CALENDAR,
        "roles": Table("name", Record({"title": _TITLE, "side": _TEXT}, ("title",)), "who takes part"),
        "contacts": Table(
            "role",
            Listing(
                Record(
                    {
                        "name": _TEXT,
                        "channel": Leaf("text", "how to reach them: a phone number, an address, a chat group"),
                        "hours": Leaf("duty", "`always`, `business hours`, or `09:00-22:00` every day"),
                        "time_zone": Leaf("zone", "of hours such as `09:00-22:00`; without it, the brand's"),
                    },
                    ("name", "channel", "hours"),
                )
            ),
            "whom to reach, and when",
        ),
        "authority": _AUTHORITY,
        "removal": Record(
            {"reasons": Leaves("text"), "evidence": Leaves("text"), "approver": _APPROVER},
            ("reasons", "evidence", "approver"),
            "when a review may be reported, hidden or deleted at all",
        ),
        "platforms": Table(
            "name", Record({"name": _TEXT, "reply_length": Leaf("count", "characters")}, ("reply_length",))
        ),
        "severity": Record(
            {
                "set_by": Leaves("role", "who may set a lower severity than the definitions give; without it, anyone"),
                **dict.fromkeys(LEVELS, _LEVEL),
            },
            ("serious",),
        ),
        "emergencies": Record(
            {
                "surge": Record(
                    {
                        **_EMERGENCY,
                        "reviews": Leaf("count"),
                        "within": Leaf("duration"),
                        "rating_at_most": Leaf("count"),
                        "times_usual": Leaf("count", "so many times the usual number, where that is known"),
                    },
                    (*_EMERGENCY_REQUIRED, "reviews", "within"),
                ),
                "serious_complaint": Record(
                    {**_EMERGENCY, "allegations": Leaves("allegation", "which; without it, all reviews of the level")},
                    _EMERGENCY_REQUIRED,
                ),
                "malicious_attack": Record(
                    {
                        **_EMERGENCY,
                        **_SEVERAL,
                        "author_reviews_at_most": Leaf("count", "an account with so few reviews is a new one"),
                        "account_younger": Leaf("duration", "so is an account that has been there for less"),
                    },
                    _EMERGENCY_REQUIRED,
                ),
                "media_report": Record(_EMERGENCY, _EMERGENCY_REQUIRED),
                "rumour": Record(
                    {**_EMERGENCY, **_SEVERAL, "known": Leaves("text", "claims that go around and are not true")},
                    _EMERGENCY_REQUIRED,
                ),
            }
        ),
        "escalation": Listing(
            Record(
                {"to": Leaf("role", contact=True), "after": Leaf("duration"), "levels": Leaves("level")},
                ("to", "after"),
            ),
            "who is called, in order",
        ),
        "approvals": Record(
            {
                "default": _APPROVER,
                "tiers": Listing(
                    Record({"name": _TEXT, "up_to": Leaf("money"), "approver": Leaf("role")}, ("approver",)),
                    "by amount, rising; the last without `up_to`",
                ),
                "bound": Leaf("yesno", "yes: only approvals count that state what was approved, as a digest"),
                "new_agents": Record(
                    {
                        "approver": _APPROVER,
                        "within": Leaf("duration", "how long a drafter is new"),
                        "since": Table("key", Leaf("date"), "drafters by name, with the day since when they draft"),
                    },
                    ("approver", "within", "since"),
                    "drafts of whom always need approval at first",
                ),
            },
            ("default",),
        ),
        "waivers": Record(
            {
                **_WAIVING,
                "in_drafts": Leaf("yesno", "whether a draft may carry its own waivers, besides `waivers.yml`"),
                "rules": Table("rule", Record(_WAIVING), "where other roles or another time hold for a rule"),
            },
            ("who",),
            "who may set a rule's finding aside, and for how long",
        ),
        "enforcement": Table("rule", Leaf("enforcement"), "how strictly a rule is held; `overridable` when not named"),
        "fields": Table(
            "field",
            Either(_OWN_VALUE, Record({"choices": Leaves("text"), "list": Table("name", _OWN_FIELD)})),
            "what the brand's cases state besides the built-in fields, and of which type",
        ),
        "tables": Table(
            "name",
            Either(Leaves("text"), Table("key", Leaf("value")), Leaves("text")),
            "what rules look up by a key, with values of one type; or the members of a set",
        ),
        "names": Table(
            "key", Record({"en": _TEXT, "zh": _TEXT}),
            "what else fields, parameters, tables and words of the brand's own are called",
        ),
        "own": Record(
            {
                "phones": Leaves("phone"),
                "emails": Leaves("email"),
                "urls": Leaves("url"),
                "addresses": Leaves("text"),
                "handles": Leaves("text"),
            },
            note="the brand's own contact details: replies may give these and no others",
        ),
    },
    (
        "version", "brand", "agency", "time_zone", "calendar", "roles", "contacts", "authority", "removal",
        "platforms", "severity", "escalation", "approvals",
    ),
)  # fmt: skip
