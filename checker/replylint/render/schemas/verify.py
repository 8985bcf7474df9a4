"""The JSON Schema of the JSON that verify writes."""

from __future__ import annotations

from replylint.evaluate.model import SEVERITIES
from replylint.receipts.posting import LEFT_OUT
from replylint.render.schemas.shapes import (
    COUNT,
    DIGEST,
    TEXT,
    TIME,
    Schema,
    about,
    document,
    listing,
    maybe,
    one_of,
    problem,
    record,
    ref,
    span,
)  # fmt: skip


def json_schema() -> Schema:
    """The schema of verify version 1, in JSON Schema 2020-12; every key of every object is always there."""
    return document(
        "verify",
        {
            "now": TIME,
            "postings": listing(_posting()),
            "errors": about("What kept all postings from being verified.", listing(ref("problem"))),
            "summary": record({"verified": COUNT, "refused": COUNT, "could_not_verify": COUNT}),
        },
        {"problem": problem(), "span": span()},
    )


def _posting() -> Schema:
    keys = {
        "id": maybe(TEXT),
        "platform": maybe(TEXT),
        "reply": DIGEST,
        "verdict": one_of(("verified", "refused", "could-not-verify")),
        "problems": listing(ref("problem")),
        "not_compared": listing(one_of(LEFT_OUT)),
        "receipt": maybe(TEXT),
        "checked": maybe(_checked()),
    }
    words = (
        "What is about to be posted. id: null where only a text is known that no receipt is for. reply: digest of the "
        "text. receipt: the file that was looked at. checked: what the receipt says, when it allows the posting."
    )
    return about(words, record(keys))


def _checked() -> Schema:
    waived = record(dict.fromkeys(("rule", "by", "role", "until", "reason"), TEXT))
    return record(
        {"at": TIME, "expires": TIME, "tool": TEXT, "fail_level": one_of(SEVERITIES), "waived": listing(waived),
         "known": COUNT}
    )  # fmt: skip
