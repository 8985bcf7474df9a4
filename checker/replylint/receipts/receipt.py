"""A receipt: what was cleared, under which policy, when, and until when that holds.

As a file it is an in-toto Statement v1 (https://in-toto.io/Statement/v1) about the reply's text, with a predicate of
our own; docs/receipts.md describes it field by field.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from replylint.language.revision import Revision
from replylint.receipts.bound import Bound
from replylint.receipts.relied import APPROVAL_KEYS, WAIVER_KEYS
from replylint.source.digests import ALGORITHM, canonical

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:replylint:receipt:v1"
TOOL = "replylint"


class MalformedError(Exception):
    """A text that is no receipt as this version writes them; `key` is the sentence that says why."""

    def __init__(self, key: str, **values: str):
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Receipt:
    """One cleared draft.

    bound: the draft. policy: digests of contract, rules and lexicon. tool: the version that checked it.
    now: the moment of the check. expires: the first moment at which the receipt no longer holds.
    fail_level: findings this bad or worse would have blocked it. rules: names of the rules evaluated, in order.
    findings, undecided: milder points left standing, as (rule, severity). waivers, approvals: those that were used,
    as `relied` tells them. known: how many findings did not count because a baseline holds them.
    """

    bound: Bound
    policy: Revision
    tool: str
    now: dt.datetime
    expires: dt.datetime
    fail_level: str
    rules: tuple[str, ...]
    findings: tuple[tuple[str, str], ...] = ()
    undecided: tuple[tuple[str, str], ...] = ()
    waivers: tuple[Mapping[str, str], ...] = ()
    approvals: tuple[Mapping[str, str], ...] = ()
    known: int = 0


def to_bytes(receipt: Receipt) -> bytes:
    """The receipt as a statement, in the one spelling that is accepted back."""
    b = receipt.bound
    predicate = {
        "actions": {"digest": _set(b.actions), "planned": list(b.planned)},
        "approvals": [dict(approval) for approval in receipt.approvals],
        "check": {
            "checkedAt": receipt.now.isoformat(),
            "failLevel": receipt.fail_level,
            "findings": _points(receipt.findings),
            "known": receipt.known,
            "rules": list(receipt.rules),
            "undecided": _points(receipt.undecided),
            "verdict": "cleared",
        },
        "draft": {"details": _set(b.details), "id": b.id, "platform": b.platform, "review": _set(b.review)},
        "expiresAt": receipt.expires.isoformat(),
        "policy": {
            "contract": _set(receipt.policy.contract),
            "lexicon": _set(receipt.policy.lexicon),
            "rules": _set(receipt.policy.rules),
            "settings": _set(receipt.policy.settings),
        },
        "tool": {"name": TOOL, "version": receipt.tool},
        "waivers": [dict(waiver) for waiver in receipt.waivers],
    }
    subject = [{"digest": _set(b.reply), "name": b.id}]
    return canonical({"_type": STATEMENT, "predicate": predicate, "predicateType": PREDICATE, "subject": subject})


def from_bytes(data: bytes) -> Receipt:
    """The receipt that a statement holds.

    Only what `to_bytes` writes is accepted, byte by byte: no other order, space or field, nothing twice, nothing before
    or after. Raises MalformedError.
    """
    statement = strict_json(data)
    if not isinstance(statement, dict) or statement.get("_type") != STATEMENT:
        raise MalformedError("receipts.other-statement", found=_shown(statement, "_type"))
    if statement.get("predicateType") != PREDICATE:
        raise MalformedError("receipts.other-predicate", found=_shown(statement, "predicateType"), known=PREDICATE)
    try:
        receipt = _receipt(statement)
        same = to_bytes(receipt) == data
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        same = False
    if not same:
        raise MalformedError("receipts.not-as-written")
    return receipt


def strict_json(data: bytes) -> Any:
    """Plain values from JSON without fractions. Raises MalformedError for anything else, however it is built."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise MalformedError("receipts.no-json") from error


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _receipt(statement: dict[str, Any]) -> Receipt:
    predicate = statement["predicate"]
    draft, check, policy = predicate["draft"], predicate["check"], predicate["policy"]
    digest = _digest(statement["subject"][0]["digest"])
    actions = predicate["actions"]
    review = _digest(draft["review"])
    bound = Bound(_text(draft["id"]), _text(draft["platform"]), digest, review, _digest(actions["digest"]),
                  _texts(actions["planned"]), _digest(draft["details"]))  # fmt: skip
    return Receipt(
        bound,
        Revision(*(_digest(policy[part]) for part in ("contract", "rules", "lexicon", "settings"))),
        _text(predicate["tool"]["version"]),
        _moment(check["checkedAt"]), _moment(predicate["expiresAt"]), _text(check["failLevel"]),
        _texts(check["rules"]), _pairs(check["findings"]), _pairs(check["undecided"]),
        _named(predicate["waivers"], WAIVER_KEYS), _named(predicate["approvals"], APPROVAL_KEYS),
        _count(check["known"]),
    )  # fmt: skip


def _set(digest: str) -> dict[str, str]:
    """A digest as in-toto writes them; of a text that is not there, none."""
    algorithm, _, value = digest.partition(":")
    return {algorithm: value} if digest else {}


def _digest(found: Any) -> str:
    if not found:
        return ""
    value = _text(found[ALGORITHM])
    if len(value) != 64 or set(value) - set("0123456789abcdef"):
        raise ValueError(value)
    return f"{ALGORITHM}:{value}"


def _points(points: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"rule": rule, "severity": severity} for rule, severity in points]


def _pairs(found: Any) -> tuple[tuple[str, str], ...]:
    return tuple((_text(point["rule"]), _text(point["severity"])) for point in found)


def _named(found: Any, keys: frozenset[str]) -> tuple[Mapping[str, str], ...]:
    named = tuple({_text(key): _text(value) for key, value in each.items()} for each in found)
    if any(each.keys() != keys for each in named):
        raise ValueError(found)
    return named


def _texts(found: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in found)


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found


def _count(found: Any) -> int:
    if not isinstance(found, int) or isinstance(found, bool):
        raise TypeError
    return found


def _moment(found: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_text(found))
    if moment.tzinfo is None:
        raise ValueError(found)
    return moment


def _shown(statement: Any, name: str) -> str:
    found = statement.get(name) if isinstance(statement, dict) else None
    return found[:80] if isinstance(found, str) else ""
