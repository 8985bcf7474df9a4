"""What is wrong with the labels of a row: a label that is not understood would be scored as something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from replylint.case.tree import Tree
from replylint.facts.schema import FACT_TYPES
from replylint.language.near import nearest
from replylint.source.problems import Problem


def mistakes_of(row: Tree, reply: str, categories: Mapping[str, frozenset[str]] | None) -> Iterator[Problem]:
    """Everything wrong with the labels of a row, each at its place. categories: category → names of its rules."""
    for label in ("facts", "not_facts"):
        for item in _items(row, label):
            yield from _fact(item, reply) if isinstance(item, Tree) else (item,)
    for label in ("violates", "may_also"):
        for item in _items(row, label):
            yield from _category(item, categories) if isinstance(item, Tree) else (item,)


def _items(row: Tree, label: str) -> Iterator[Tree | Problem]:
    """What stands in a list of labels; only a list is one, for a text is a list of letters."""
    value = row.value.get(label)
    if isinstance(value, list):
        yield from (row.child(label).child(index) for index in range(len(value)))
    elif value is not None:
        yield Problem("measure.not-list", row.child(label).where, {"label": label})


def _fact(item: Tree, reply: str) -> Iterator[Problem]:
    value = item.value
    if not isinstance(value, dict):
        yield Problem("measure.not-fact", item.where)
        return
    missing = [name for name in ("type", "quote") if name not in value]
    yield from (Problem("measure.fact-lacks", item.where, {"name": name}) for name in missing)
    if "type" in value:
        yield from _type(item)
    if "quote" in value:
        yield from _quote(item.child("quote"), reply)
    for words in _items(item, "also"):
        if isinstance(words, Problem):
            yield words
        elif not isinstance(words.value, str):
            yield Problem("measure.not-text", words.where, {"name": "also"})


def _type(item: Tree) -> Iterator[Problem]:
    named = item.child("type")
    known = [name for name, fact in FACT_TYPES.items() if fact.side == "reply"]
    if named.value not in known:
        yield _unknown("measure.no-type", named, known)
        return
    kinds = FACT_TYPES[named.value].kinds
    kind = item.value.get("kind")
    if kind is None:
        if kinds and None not in FACT_TYPES[named.value].meanings:
            values = {"type": named.value, "known": tuple(kinds)}
            yield Problem("measure.kind-missing", named.where, values)
    elif not kinds:
        yield Problem("measure.no-kinds", item.child("kind").where, {"type": named.value})
    elif kind not in kinds:
        yield _unknown("measure.no-kind", item.child("kind"), kinds, type=named.value)


def _quote(quote: Tree, reply: str) -> Iterator[Problem]:
    if not isinstance(quote.value, str) or not quote.value:
        yield Problem("measure.not-text", quote.where, {"name": "quote"})
    elif quote.value not in reply:
        yield Problem("measure.quote-not-there", quote.where, {"words": quote.value})


def _category(item: Tree, categories: Mapping[str, frozenset[str]] | None) -> Iterator[Problem]:
    if not isinstance(item.value, str):
        yield Problem("measure.not-text", item.where, {"name": str(item.path[0])})
    elif categories is not None and item.value not in categories:
        of = next((category for category, rules in categories.items() if item.value in rules), None)
        if of is not None:
            yield Problem("measure.rule-not-category", item.where, {"name": item.value, "category": of})
        else:
            yield _unknown("measure.no-category", item, sorted(categories))


def _unknown(key: str, named: Tree, known: Iterable[str], **values: str) -> Problem:
    """A name that nobody knows, with the one that was probably meant, or with all."""
    known = tuple(known)
    written = named.value if isinstance(named.value, str) else named.where.words
    near = nearest(written, known)
    if near is not None:
        return Problem(f"{key}-near", named.where, {"name": written, "near": near, **values})
    return Problem(key, named.where, {"name": written, "known": known, **values})
