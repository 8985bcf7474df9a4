"""A first drill for each emergency of a contract, to be changed by whoever knows the brand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from replylint.contract.model import Contract
from replylint.language.show import show
from replylint.source.messages import Lang, say
from replylint.source.names import section
from replylint.source.resources import grammar_table
from replylint.source.values import Duration

_APART = dt.timedelta(minutes=3)
_SOON = dt.timedelta(minutes=1)


def template(emergency: str, contract: Contract, lang: Lang, start: dt.datetime) -> str:
    """A drill that runs as it is, with its line end. start: when the first review arrives, with its time zone."""
    return "\n".join(_lines(emergency, contract, lang, start)) + "\n"


def _lines(emergency: str, contract: Contract, lang: Lang, start: dt.datetime) -> Iterator[str]:
    own = grammar_table("drills.yml")[emergency]
    section_ = f"emergencies.{emergency}"
    key = section("drill").spell
    yield f"# {say('sla.template-head', lang)}"
    yield f"{key('drill', lang)}: {own['title'][lang]}"
    yield f"{key('emergency', lang)}: {section('fields').spell(emergency, lang)}"
    yield f"{key('about', lang)}: {_quoted(str(contract.value(f'{section_}.definition') or ''))}"
    yield ""
    yield f"# {say('sla.template-timeline', lang)}"
    yield f"{key('timeline', lang)}:"
    yield from _timeline(section_, own["text"][lang], contract, lang, start)
    yield ""
    yield f"# {say('sla.template-expect', lang)}"
    yield f"{key('expect', lang)}:"
    due = _length(contract.value(f"{section_}.escalate"), lang)
    yield _entry(lang, event="acknowledged", review="r1", within=due)
    yield _entry(lang, never="delete_review", because=_quoted(say("sla.template-because", lang)))


def _timeline(section_: str, text: str, contract: Contract, lang: Lang, start: dt.datetime) -> Iterator[str]:
    """The reviews that make the emergency, each acknowledged soon, then whoever has to know told one by one."""
    reviews, roles = contract.value(f"{section_}.reviews"), contract.value(f"{section_}.notify")
    number = int(reviews) if isinstance(reviews, Decimal) else 1
    actor = _role(next(iter(contract.roles)), contract, lang)
    for count in range(number):
        review = {"review": f"r{count + 1}"}
        arrived = {**review, "rating": "1", "text": text}
        yield _entry(lang, at=_shown(start + count * _APART), event="arrived", **arrived)
        # Each by itself and soon: an unchanged drill keeps the contract, however many reviews it asks for.
        yield _entry(lang, at=_shown(start + count * _APART + _SOON), event="acknowledged", **review, role=actor)
    begins = start + (number - 1) * _APART
    for count, role in enumerate(roles if isinstance(roles, tuple) else ()):
        told = {"event": "escalated", "to": _role(role, contract, lang), "role": actor}
        yield _entry(lang, at=_shown(begins + (1 + count) * _APART), **told)


def _entry(lang: Lang, **stated: str) -> str:
    """An entry of a list; its keys, and the names of events and actions, in the language of the drill."""
    sorts = {"event": "events", "never": "actions"}
    values = {key: section(sorts[key]).spell(value, lang) if key in sorts else value for key, value in stated.items()}
    return f"  - {{{', '.join(f'{_key(key, lang)}: {value}' for key, value in values.items())}}}"


def _role(key: str, contract: Contract, lang: Lang) -> str:
    """A role as people of the language call it, which may be its title; by its key where YAML might misread that."""
    title = contract.role_title(key, lang)
    return title if lang == "zh" and title.isalpha() else key


def _key(name: str, lang: Lang) -> str:
    found = next(section(sort) for sort in ("drill", "parameters") if name in section(sort).spellings)
    return found.spell(name, lang)


def _shown(at: dt.datetime) -> str:
    return at.isoformat(timespec="minutes")


def _length(length: object, lang: Lang) -> str:
    """The contract's own length of time as it may be written, else an hour."""
    return show(length if isinstance(length, Duration) else Duration(Decimal(1), "hour"), lang)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
