"""What a contract calls its own fields, parameters, tables and words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from replylint.case import convert
from replylint.contract.actions import SECTION as ACTIONS
from replylint.contract.actions import children, usual
from replylint.contract.entries import Entry
from replylint.contract.nearest import nearest
from replylint.source.messages import Lang
from replylint.source.problems import Problem, Saying

Entries = Mapping[str, Entry]

SECTION = "names"
# Whatever a word of a condition may be; part of a dotted name is only taken for the name of a field.
_WORDS = ("keywords", "facts", "attributes", "parameters", "choices", "fields")
_PARTS = ("fields",)
_HAPPENINGS = ("actions", "events")
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


def own_names(entries: Entries) -> OwnNames:
    """The names that a contract brings in, by what it calls them."""
    stated = _titled(entries, SECTION)
    titles = {name: _by_language(entries, name) for name in stated}
    alone, parts = _names_of(entries)
    spelt = {name: (name, *titles.get(name, {}).values()) for name in sorted(alone | parts | _words_of(entries))}
    names = {usual(word): _key(name, parts) for name in spelt if name in alone | parts for word in spelt[name]}
    words = {usual(word): name for name in spelt if name in _words_of(entries) for word in spelt[name]}
    return OwnNames(names, words, titles | {_key(name, parts): said for name, said in titles.items()})


def _by_language(entries: Entries, name: str) -> Mapping[str, str]:
    return {lang: str(entry.value) for lang, entry in children(entries, f"{SECTION}.{name}")}


def one_word(title: str, key: str) -> str:
    """A title where rules can have it as it is, as one word, and it is another than the key; else the key."""
    return title if _WRITABLE.fullmatch(title) and usual(title) != usual(key) else key


def check_names(entries: Entries) -> Iterator[Problem]:
    """Names of nothing, and those that would stand for two things where they are written."""
    alone, parts = _names_of(entries)
    names, words = alone | parts, _words_of(entries)
    titled = _titled(entries, SECTION)
    for name in titled.keys() - (names | words):
        yield _of_nothing(name, names | words, entries)
    yield from _ambiguous(names, titled, _PARTS)
    yield from _ambiguous(alone | words, titled, _WORDS)
    actions = {name: f"{ACTIONS}.{name}.title" for name, _ in children(entries, ACTIONS)}
    yield from _ambiguous(actions, {name: _below(entries, title) for name, title in actions.items()}, _HAPPENINGS)
    roles = {name: f"roles.{name}.title" for name, _ in children(entries, "roles")}
    yield from _ambiguous(roles, {name: _below(entries, title) for name, title in roles.items()})


def _ambiguous(
    group: Collection[str], titled: Mapping[str, Sequence[Entry]], sorts: Sequence[str] = ()
) -> Iterator[Problem]:
    """Titles that are those of another of the group, or that mean something built in already."""
    seen = {usual(name): name for name in group}
    for name in sorted(titled.keys() & set(group)):
        for entry in titled[name]:
            title = str(entry.value)
            other = seen.setdefault(usual(title), name)
            taken = next((found for sort in sorts if (found := _built_in(title, sort))), "")
            if other != name:
                yield Problem("contract.name-twice", entry.words, {"words": title, "name": name, "other": other})
            elif taken not in ("", name, *(_built_in(name, sort) for sort in sorts)):
                yield Problem("contract.name-taken", entry.words, {"words": title, "name": name, "other": taken})


def _built_in(name: str, sort: str) -> str | None:
    return convert.spellings(sort).get(name.strip().lower()) or convert.spellings(sort).get(usual(name))


def _titled(entries: Entries, section: str) -> dict[str, list[Entry]]:
    """Whatever each name directly in a section is called."""
    return {name: _below(entries, f"{section}.{name}") for name, _ in children(entries, section)}


def _below(entries: Entries, path: str) -> list[Entry]:
    """The value at a path, or those in its section."""
    found = entries.get(path)
    own = [found] if found is not None and found.form is not None else []
    return own + [entry for _, entry in children(entries, path)]


def _of_nothing(name: str, known: set[str], entries: Entries) -> Problem:
    near = nearest(name, sorted(known))
    values: dict[str, Saying] = {"words": name, "near": near or ""}
    return Problem(f"contract.name-of-nothing{'-near' if near else ''}", entries[f"{SECTION}.{name}"].where, values)


def _key(name: str, parts: Collection[str]) -> str:
    """A name as fields, or parameters, go by: that of the table of names for any of its spellings."""
    return _built_in(name, "fields" if name in parts else "parameters") or name


def _names_of(entries: Entries) -> tuple[set[str], set[str]]:
    """The names that can stand alone in a condition, and those that are only ever parts of dotted ones."""
    alone: set[str] = set()
    parts: set[str] = {_TABLES} & set(entries)
    for path in entries:
        section, *names = path.split(".")
        if section == "fields" and names:
            record = names.index("list") if "list" in names else len(names)
            names = [name for name in names if name != "choices" and not name.isdigit()]
            alone |= set(names[record + 1 :]) | (set(names[:1]) if record == 1 else set())
            parts |= set(names[:record])
        elif section == _TABLES and names:
            parts.add(names[0])
        elif path.startswith(f"{ACTIONS}.") and path.count(".") == 4 and names[-2] == "parameters":
            alone.add(names[-1])
    return alone, parts - {_TABLES}


def _words_of(entries: Entries) -> set[str]:
    """Choices of fields, and the keys and members of tables."""
    found: set[str] = set()
    for path, entry in entries.items():
        section, *names = path.split(".")
        if section == "fields" and names and isinstance(entry.value, tuple):
            found |= set(entry.value)
        elif section == _TABLES and names:
            found |= set(entry.value if isinstance(entry.value, tuple) else ())
            found |= {names[1]} if len(names) > 1 and not names[1].isdigit() else set()
    return found
