"""A first drill for each emergency of a contract, to be changed by whoever knows the brand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from replylint.contract.model import Contract
from replylint.language.names import section
from replylint.source.messages import Lang, say
from replylint.source.resources import grammar_table
from replylint.source.values import Duration

_APART = dt.timedelta(minutes=3)
_SOON = dt.timedelta(minutes=1)


def template(emergency: str, contract: Contract, lang: Lang, start: dt.datetime) -> str:
    """A drill that runs as it is, with its line end. start: when the first review arrives, with its time zone."""
    return "\n".join(_lines(emergency, contract, lang, start)) + "\n"


def _lines(emergency: str, contract: Contract, lang: Lang, start: dt.datetime) -> Iterator[str]:
    own = grammar_table("drills.yml")[emergency]
    key = section("drill").spell
    yield f"# {say('sla.template-head', lang)}"
    yield f"{key('drill', lang)}: {own['title'][lang]}"
    yield f"{key('emergency', lang)}: {section('fields').spell(emergency, lang)}"
    definition = contract.value(f"emergencies.{emergency}.definition")
    yield f"{key('about', lang)}: {_quoted(str(definition or ''))}"
    yield ""
    yield f"# {say('sla.template-timeline', lang)}"
    yield f"{key('timeline', lang)}:"
    reviews = contract.value(f"emergencies.{emergency}.reviews")
    number = int(reviews) if isinstance(reviews, Decimal) else 1
    actor = next(path.split(".")[1] for path in contract.entries if path.count(".") == 1 and path.startswith("roles."))
    for count in range(number):
        what = f"event: arrived, review: r{count + 1}, rating: 1, text: {own['text'][lang]}"
        yield _line(start + count * _APART, what)
        # Each by itself and soon: an unchanged drill keeps the contract, however many reviews it asks for.
        yield _line(start + count * _APART + _SOON, f"event: acknowledged, review: r{count + 1}, role: {actor}")
    begins = start + (number - 1) * _APART
    roles = contract.value(f"emergencies.{emergency}.notify")
    told = roles if isinstance(roles, tuple) else ()
    for count, role in enumerate(told):
        yield _line(begins + (1 + count) * _APART, f"event: escalated, to: {role}, role: {actor}")
    yield ""
    yield f"# {say('sla.template-expect', lang)}"
    yield f"{key('expect', lang)}:"
    length = contract.value(f"emergencies.{emergency}.escalate")
    due = _length(length)
    yield f"  - {{event: acknowledged, review: r1, within: {due}}}"
    yield f"  - {{never: delete_review, because: {_quoted(say('sla.template-because', lang))}}}"


def _line(at: dt.datetime, what: str) -> str:
    return f"  - {{at: {at.isoformat(timespec='minutes')}, {what}}}"


def _length(length: object) -> str:
    """The contract's own length of time as it may be written, else an hour."""
    return str(length) if isinstance(length, Duration) else "1 hour"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
