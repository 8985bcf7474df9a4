"""The table of names, `grammar/names.yml`: English ↔ Traditional Chinese, by section. Nothing else reads it.

Every section maps a canonical name to its spellings; the syntax tree holds canonical names only, so that a rule
means the same whichever language it is written in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from replylint.source.messages import Lang
from replylint.source.resources import grammar_table

_TABLE = "names.yml"


@dataclass(frozen=True)
class Section:
    """The names of one sort: canonical name → spellings by language, and every spelling → canonical name."""

    spellings: Mapping[str, Mapping[str, tuple[str, ...]]]
    canonical: Mapping[str, str]

    def find(self, spelling: str) -> str | None:
        """The canonical name for a spelling in any language, or None."""
        return self.canonical.get(spelling.lower())

    def spell(self, name: str, lang: Lang) -> str:
        """How a canonical name is written; the name itself when the table does not know it."""
        forms = self.spellings.get(name)
        return forms[lang][0] if forms and forms[lang] else name

    def titles(self, name: str) -> dict[str, str]:
        """How a canonical name is written in each language, as messages take it."""
        return {"en": self.spell(name, "en"), "zh": self.spell(name, "zh")}

    def first_spellings(self) -> tuple[str, ...]:
        """The spelling that is written, in each language."""
        return tuple(dict.fromkeys(forms[lang][0] for forms in self.spellings.values() for lang in ("en", "zh")
                                   if forms[lang]))  # fmt: skip

    def all_spellings(self, lang: Lang | None = None) -> tuple[str, ...]:
        """Every spelling of the section, in one language or both."""
        return tuple(s for forms in self.spellings.values() for key, some in forms.items()
                     if lang is None or key == lang for s in some)  # fmt: skip


@cache
def section(name: str) -> Section:
    """A section of the table: keywords, facts, attributes, fields, choices, actions, parameters, units, slots, …"""
    return _section(grammar_table(_TABLE)[name])


@cache
def yes_or_no() -> Mapping[str, bool]:
    """Every spelling of yes and no, in lower case."""
    return {spelling: name == "yes" for spelling, name in section("yesno").canonical.items()}


@cache
def kinds(fact_type: str) -> Section:
    """The kinds of a type of fact; empty when the type has none."""
    entry = grammar_table(_TABLE)["facts"].get(fact_type, {})
    return _section(entry.get("kinds", {}))


def _section(rows: Mapping[str, Any]) -> Section:
    spellings = {name: _forms(row) for name, row in rows.items()}
    canonical: dict[str, str] = {}
    for name, forms in spellings.items():
        for spelling in (name, *(s for some in forms.values() for s in some)):
            canonical.setdefault(spelling.lower(), name)
    return Section(spellings, canonical)


def _forms(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {lang: _as_tuple(row.get(lang, ())) for lang in ("en", "zh", "symbol")}


def _as_tuple(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
