"""What a contract calls its own fields, parameters, tables and words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from replylint.contract.actions import SECTION as ACTIONS
from replylint.contract.actions import usual
from replylint.contract.entries import Entries, children
from replylint.source.messages import Lang
from replylint.source.names import section

SECTION = "names"
# A key of a table stands third, as in `tables.compensation.economy`.
_TABLES, _KEY_AT = "tables", 2
_WRITABLE = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class OwnNames:
    """The names of a contract's own, by each of their spellings as `usual` writes it.

    names: of fields, their parts, parameters and tables. words: of choices, and of the keys and members of tables.
    titles: what each is called in sentences, by language.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def canonical(self, name: str) -> str:
        """A bare or dotted name, each part of it by its key; parts that the contract does not name stay."""
        if not self.names:
            return name
        found = [self.names.get(usual(part), part) for part in name.split(".")]
        if found[0] == _TABLES and len(found) > _KEY_AT:
            found[_KEY_AT:] = map(self.word, name.split(".")[_KEY_AT:])
        return ".".join(found)

    def word(self, written: str) -> str:
        """A choice, a key or a member of a table by its key; other words as they are."""
        return self.words.get(usual(written), written)

    def choices(self, choices: Sequence[str]) -> Mapping[str, str]:
        """Every spelling of some choices in lower case, with the choice."""
        titled = {title.lower(): key for key in choices for title in self.titles.get(key, {}).values()}
        return titled | {choice.lower(): choice for choice in choices}

    def spell(self, key: str, lang: Lang) -> str:
        """How a key is written in rules of a language: by its title where that is one word, else as it is."""
        return one_word(self.titles.get(key, {}).get(lang, ""), key)

    def spell_path(self, name: str, lang: Lang) -> str:
        """A bare or dotted name with each part of it as rules of a language write it."""
        words = name.startswith(f"{_TABLES}.")
        known = (self.names, self.words) if words else (self.names,)
        spelt = (self.spell(p, lang) if any(usual(p) in some for some in known) else p for p in name.split("."))
        return ".".join(spelt)


class Things(NamedTuple):
    """What a contract may name, by its keys.

    alone: what can stand alone in a condition. parts: what is part of a dotted name. words: choices of fields, and the
    keys and members of tables.
    """

    alone: frozenset[str]
    parts: frozenset[str]
    words: frozenset[str]


def own_names(entries: Entries) -> OwnNames:
    """The names that a contract brings in, by what it calls them."""
    titles = {name: _by_language(entries, name) for name, _ in children(entries, SECTION)}
    things = named_things(entries)
    spelt = {name: (name, *titles.get(name, {}).values()) for name in sorted(frozenset().union(*things))}
    names = {usual(word): _key(name, things.parts) for name in spelt if name in things.alone | things.parts
             for word in spelt[name]}  # fmt: skip
    words = {usual(word): name for name in spelt if name in things.words for word in spelt[name]}
    return OwnNames(names, words, titles | {_key(name, things.parts): said for name, said in titles.items()})


def one_word(title: str, key: str) -> str:
    """A title where rules can have it as it is, as one word, and it is another than the key; else the key."""
    return title if _WRITABLE.fullmatch(title) and usual(title) != usual(key) else key


def built_in(name: str, sort: str) -> str | None:
    """The name that a word stands for in one section of the table of names; None when it is not there."""
    return section(sort).canonical.get(name.strip().lower()) or section(sort).canonical.get(usual(name))


def named_things(entries: Entries) -> Things:
    """All that a contract has of its own and may name."""
    alone: set[str] = set()
    parts: set[str] = set()
    words: set[str] = set()
    for path, entry in entries.items():
        section, *names = path.split(".")
        members = entry.value if isinstance(entry.value, tuple) else ()
        if section == "fields" and names:
            record = names.index("list") if "list" in names else len(names)
            names = [name for name in names if name != "choices" and not name.isdigit()]
            alone |= {*names[record + 1 :], *(names[:1] if record == 1 else ())}
            parts |= {*names[:record]}
            words |= {*members}
        elif section == _TABLES and names:
            parts.add(names[0])
            words |= {*members, *(key for key in names[1:2] if not key.isdigit())}
        elif path.startswith(f"{ACTIONS}.") and path.count(".") == 4 and names[-2] == "parameters":
            alone.add(names[-1])
    return Things(frozenset(alone), frozenset(parts), frozenset(words))


def _by_language(entries: Entries, name: str) -> Mapping[str, str]:
    return {lang: str(entry.value) for lang, entry in children(entries, f"{SECTION}.{name}")}


def _key(name: str, parts: Collection[str]) -> str:
    """A name as fields, or parameters, go by: that of the table of names for any of its spellings."""
    return built_in(name, "fields" if name in parts else "parameters") or name
