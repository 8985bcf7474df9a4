"""Fields whose values come from a list: which values there are, and how each may be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from replylint.case.languages import SECTION as LANGUAGES
from replylint.case.languages import language_tag, listed
from replylint.contract.actions import usual
from replylint.contract.model import Contract
from replylint.contract.terms import EMERGENCIES
from replylint.source.messages import Lang
from replylint.source.names import Section, kinds, section

_LANGS: tuple[Lang, ...] = ("en", "zh")


@dataclass(frozen=True)
class Listing:
    """The only values that a field can hold.

    find: the value that a word names, in whichever language; None where there is no such one. offered: the names that a
    message lists, in both languages; the near ones are looked for among them, too.
    """

    find: Callable[[str], str | None]
    offered: tuple[str, ...]


def listing(field: str, contract: Contract) -> Listing | None:
    """What a field can hold; None where it can be anything."""
    make = _LISTINGS.get(field)
    return make(contract) if make else None


def of_choices(choices: tuple[str, ...], contract: Contract) -> Listing:
    """The choices of a field or a parameter, by their names in the table or in the contract."""
    known, own = section("choices"), contract.own_names
    folded = {usual(choice): choice for choice in choices}

    def find(written: str) -> str | None:
        words = (written, known.find(written) or written, own.word(written))
        return next((folded[usual(word)] for word in words if usual(word) in folded), None)

    offered = (own.spell(known.spell(choice, lang), lang) for choice in choices for lang in _LANGS)
    return Listing(find, tuple(dict.fromkeys(offered)))


def _of_section(known: Section) -> Listing:
    names = {usual(spelling): name for spelling, name in known.canonical.items()}
    return Listing(lambda written: names.get(usual(written)), known.first_spellings())


def _emergencies(_: Contract) -> Listing:
    spelt = {section("fields").spell(name, lang): name for name in EMERGENCIES for lang in _LANGS}
    return Listing(lambda written: spelt.get(usual(written)), tuple(spelt))


def _roles(contract: Contract) -> Listing:
    titles = (contract.role_title(role, lang) for role in contract.roles for lang in _LANGS)
    one_word = (title for title in titles if not title.isascii() and " " not in title)
    return Listing(lambda written: contract.role_names.get(usual(written)), (*contract.roles, *dict.fromkeys(one_word)))


def _actions(contract: Contract) -> Listing:
    return Listing(lambda written: contract.action_names.get(usual(written)), section("actions").first_spellings())


def _languages(_: Contract) -> Listing:
    def find(written: str) -> str | None:
        tag = language_tag(written)
        return tag if tag is not None and listed(tag) else None

    known = section(LANGUAGES)
    return Listing(find, (*known.spellings, *(known.spell(tag, "zh") for tag in known.spellings)))


_LISTINGS: Mapping[str, Callable[[Contract], Listing]] = {
    "language": _languages,
    "actions": _actions,
    "drafter.role": _roles,
    "review.severity_role": _roles,
    "review.escalates_to": _roles,
    "review.speakers": _roles,
    "approvals": _roles,
    "review.emergencies": _emergencies,
    "review.issues": lambda _: _of_section(kinds("issue")),
    "review.allegations": lambda _: _of_section(kinds("allegation")),
}
