"""What a contract may say: one declaration that the reader, the JSON Schema and the docs follow.

A plain declaration rather than pydantic models: mistakes have to be told at their place in the file, all at once and
in the reader's language, and importing pydantic alone would take as long as reading the whole contract.
"""

from __future__ import annotations

from collections.abc import Mapping

from replylint.contract.authority_schema import AUTHORITY
from replylint.contract.shapes import APPROVER, ROLES, TEXT, Either, Leaf, Leaves, Listing, Record, Shape, Table
from replylint.contract.terms import CLOCKS, LEVELS, WEEKDAYS

_TITLE = Either(TEXT, Record({"en": TEXT, "zh": TEXT}), note="what it is called: one title, or one in each language")

_CALENDAR = Record(
    {
        "business_hours": Record({day: Leaf("hours", "`09:00-18:00`, or `closed`") for day in WEEKDAYS}, WEEKDAYS),
        "holidays": Record(
            {
                "country": Leaf("country", "ISO 3166 code; the public holidays of this country are closed"),
                "subdivision": Leaf("text", "state or province, where holidays differ"),
                "extra": Table("date", TEXT, "days that are closed besides, with the reason"),
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
        "definition": TEXT,
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

_SEVERITY = Record(
    {
        "set_by": Leaves("role", "who may set a lower severity than the definitions give; without it, anyone"),
        **dict.fromkeys(LEVELS, _LEVEL),
    },
    ("serious",),
)

_EMERGENCY: Mapping[str, Shape] = {
    "definition": TEXT,
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

_EMERGENCIES = Record(
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
)

_ESCALATION = Listing(
    Record(
        {"to": Leaf("role", contact=True), "after": Leaf("duration"), "levels": Leaves("level")},
        ("to", "after"),
    ),
    "who is called, in order",
)

_CONTACTS = Table(
    "role",
    Listing(
        Record(
            {
                "name": TEXT,
                "channel": Leaf("text", "how to reach them: a phone number, an address, a chat group"),
                "hours": Leaf("duty", "`always`, `business hours`, or `09:00-22:00` every day"),
                "time_zone": Leaf("zone", "of hours such as `09:00-22:00`; without it, the brand's"),
            },
            ("name", "channel", "hours"),
        )
    ),
    "whom to reach, and when",
)

_REMOVAL = Record(
    {"reasons": Leaves("text"), "evidence": Leaves("text"), "approver": APPROVER},
    ("reasons", "evidence", "approver"),
    "when a review may be reported, hidden or deleted at all",
)

_APPROVALS = Record(
    {
        "default": APPROVER,
        "tiers": Listing(
            Record({"name": TEXT, "up_to": Leaf("money"), "approver": Leaf("role")}, ("approver",)),
            "by amount, rising; the last without `up_to`",
        ),
        "bound": Leaf("yesno", "yes: only approvals count that state what was approved, as a digest"),
        "new_agents": Record(
            {
                "approver": APPROVER,
                "within": Leaf("duration", "how long a drafter is new"),
                "since": Table("key", Leaf("date"), "drafters by name, with the day since when they draft"),
            },
            ("approver", "within", "since"),
            "drafts of whom always need approval at first",
        ),
    },
    ("default",),
)

_WAIVING: Mapping[str, Shape] = {
    "who": ROLES,
    "longest": Leaf("duration", "how far ahead a waiver may end at most"),
}

_WAIVERS = Record(
    {
        **_WAIVING,
        "in_drafts": Leaf("yesno", "whether a draft may carry its own waivers, besides `waivers.yml`"),
        "rules": Table("rule", Record(_WAIVING), "where other roles or another time hold for a rule"),
    },
    ("who",),
    "who may set a rule's finding aside, and for how long",
)

_OWN_VALUE = Leaf("type", "money, percent, duration, count, text, texts, datetime or yesno")
_OWN_FIELD = Either(_OWN_VALUE, Record({"choices": Leaves("text")}, ("choices",)))

_FIELDS = Table(
    "field",
    Either(_OWN_VALUE, Record({"choices": Leaves("text"), "list": Table("name", _OWN_FIELD)})),
    "what the brand's cases state besides the built-in fields, and of which type",
)

_TABLES = Table(
    "name",
    Either(Leaves("text"), Table("key", Leaf("value")), Leaves("text")),
    "what rules look up by a key, with values of one type; or the members of a set",
)

_OWN = Record(
    {
        "phones": Leaves("phone"),
        "emails": Leaves("email"),
        "urls": Leaves("url"),
        "addresses": Leaves("text"),
        "handles": Leaves("text"),
    },
    note="the brand's own contact details: replies may give these and no others",
)

CONTRACT = Record(
    {
        "version": Leaf("count"),
        "brand": Record({"name": TEXT, "legal_name": TEXT, "languages": Leaves("text")}, ("name",)),
        "agency": Record({"name": TEXT, "legal_name": TEXT}, ("name",)),
        "time_zone": Leaf("zone", "such as `Asia/Taipei`"),
        "calendar": _CALENDAR,
        "roles": Table("name", Record({"title": _TITLE, "side": TEXT}, ("title",)), "who takes part"),
        "contacts": _CONTACTS,
        "authority": AUTHORITY,
        "removal": _REMOVAL,
        "platforms": Table(
            "name", Record({"name": TEXT, "reply_length": Leaf("count", "characters")}, ("reply_length",))
        ),
        "severity": _SEVERITY,
        "emergencies": _EMERGENCIES,
        "escalation": _ESCALATION,
        "approvals": _APPROVALS,
        "waivers": _WAIVERS,
        "enforcement": Table("rule", Leaf("enforcement"), "how strictly a rule is held; `overridable` when not named"),
        "fields": _FIELDS,
        "tables": _TABLES,
        "names": Table(
            "key", Record({"en": TEXT, "zh": TEXT}),
            "what else fields, parameters, tables and words of the brand's own are called",
        ),
        "own": _OWN,
    },
    (
        "version", "brand", "agency", "time_zone", "calendar", "roles", "contacts", "authority", "removal",
        "platforms", "severity", "escalation", "approvals",
    ),
)  # fmt: skip
