"""Tables of names for the docs, from the one table that the language reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from replylint.case.fields import FIELDS
from replylint.facts.schema import FACT_TYPES
from replylint.language.names import kinds, section
from replylint.language.scope import COMPUTED, PARAMETERS, field_types

_PLAIN = ("keywords", "slots", "units", "choices", "actions", "attributes")

# What the checker works out by itself; a field without a line here fails the making of the docs.
_WORKED_OUT = {
    "actions": "names of the planned actions",
    "reply.length": "characters of the reply",
    "reply.text": "the drafted public reply",
    "reply.canned": "whether nothing in the reply takes up anything of the review",
    "reply.suspicious": "whether the reply hides words: split, look-alike letters, invisible characters",
    "reply.similar_to": "the earlier draft of the same run that the reply nearly repeats",
    "review.text": "the review's words",
    "review.severity": "as the file states it, else by the contract's definitions and the review's words",
    "review.issues": "what the review complains about or praises",
    "review.allegations": "the serious things that the review alleges",
}


def names_table(name: str) -> str:
    """A table as Markdown: a section of the names, or `facts`, `fields`, `parameters`."""
    rows = TABLES[name]()
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * (head.count(" | ") + 1), *body])


def _plain(name: str) -> Iterator[tuple[str, ...]]:
    yield "English", "Chinese"
    for forms in section(name).spellings.values():
        yield _code((*forms["en"], *forms["symbol"])), _code(forms["zh"])


def _facts() -> Iterator[tuple[str, ...]]:
    yield "fact", "kinds", "事實", "種類", "attributes"
    for name, fact in FACT_TYPES.items():
        if fact.side == "cue":
            continue
        own = section("facts").spellings[name]
        some = [kinds(name).spellings[kind] for kind in fact.kinds]
        attributes = {a: None for meaning in fact.meanings.values() for a in meaning.attributes}
        names = [column for lang in ("en", "zh") for column in (own[lang][:1], [k[lang][0] for k in some])]
        yield (
            *(_code(column) for column in names),
            _code(a for a in attributes if a not in ("certainty", "words")),
        )


def _cues() -> Iterator[tuple[str, ...]]:
    yield "English", "Chinese"
    for forms in kinds("cue").spellings.values():
        yield _code(forms["en"]), _code(forms["zh"])


def _fields() -> Iterator[tuple[str, ...]]:
    yield "field", "欄位", "type", "what it is"
    about = {row.name: row.about for row in reversed(FIELDS)}
    for name, kind in field_types().items():
        chinese = ".".join(section("fields").spell(part, "zh") for part in name.split("."))
        yield f"`{name}`", f"`{chinese}`", kind, _WORKED_OUT[name] if name in COMPUTED else about[name]


def _parameters() -> Iterator[tuple[str, ...]]:
    yield "parameter", "參數", "type"
    for name, kind in PARAMETERS.items():
        yield f"`{name}`", f"`{section('parameters').spell(name, 'zh')}`", kind


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names).replace("|", "\\|")


TABLES: Mapping[str, Callable[[], Iterator[tuple[str, ...]]]] = {
    "facts": _facts, "fields": _fields, "parameters": _parameters, "cues": _cues,
    **{name: partial(_plain, name) for name in _PLAIN},
}  # fmt: skip
