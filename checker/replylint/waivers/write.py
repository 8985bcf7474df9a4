"""Waivers put into the text of a `waivers.yml`, of which every other line stays as it is.

A waiver for a finding that has one already takes that one's place: renewing is what people come back for, two for the
same words leave open which of them counts, and what stood there before is in the history of the repository.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import yaml

from replylint.case.tree import Tree
from replylint.case.waivers import Waiver, read_waivers
from replylint.case.yaml_files import read_yaml
from replylint.source.spans import Location, Source, Span


@dataclass(frozen=True)
class Entry:
    """A waiver to be written, the words it is for as a comment above it, and the one whose place it takes, if any."""

    waiver: Waiver
    words: str
    instead_of: Waiver | None = None


def with_waivers(source: Source, there: Sequence[Waiver], entries: Sequence[Entry]) -> str | None:
    """The text of a file of waivers with more of them; None where they would not be read from there as they are meant.

    there: the waivers that the file holds, with their places. Only line breaks and indentation are taken from it.
    """
    replaced = [(each.instead_of.where.span, each) for each in entries if each.instead_of is not None]
    text = source.text
    for span, each in sorted(replaced, key=lambda found: found[0], reverse=True):
        text = text[: span.start] + _in_place(source, span, each.waiver) + text[span.end :]
    text += _apart(text) + "".join(_item(each, _indent(source, there)) for each in entries if each.instead_of is None)
    text = text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in source.text else text
    return text if _read(text, source.path) == _meant(there, entries) else None


def _in_place(source: Source, span: Span, waiver: Waiver) -> str:
    """A waiver as one stands there: in braces, or in lines under each other."""
    if source.text[span.start] == "{":
        return yaml.safe_dump(_plain(waiver), allow_unicode=True, sort_keys=False, width=10**6,
                              default_flow_style=True).strip()  # fmt: skip
    column = source.position(span.start)[1] - 1
    return f"\n{' ' * column}".join(_lines(waiver))


def _item(entry: Entry, indent: str) -> str:
    first, *others = _lines(entry.waiver)
    lines = (f"# {entry.words}", f"- {first}", *(f"  {line}" for line in others))
    return "".join(f"{indent}{line}\n" for line in lines)


def _lines(waiver: Waiver) -> list[str]:
    text: str = yaml.safe_dump(_plain(waiver), allow_unicode=True, sort_keys=False, width=10**6)
    return text.splitlines()


def _plain(waiver: Waiver) -> dict[str, str]:
    return {
        "rule": waiver.rule, "draft": waiver.draft, "words": waiver.words, "reason": waiver.reason,
        "by": waiver.by, "role": waiver.role, "until": waiver.last_day,
    }  # fmt: skip


def _indent(source: Source, there: Sequence[Waiver]) -> str:
    """How far the items of the list are indented; those of a new one not at all."""
    if not there:
        return ""
    start = there[-1].where.span.start
    before = source.text[source.line_at(start).start : start]
    return before.partition("-")[0] if not before.partition("-")[0].strip() else ""


def _apart(text: str) -> str:
    return "" if not text or text.endswith("\n") else "\n"


def _meant(there: Sequence[Waiver], entries: Sequence[Entry]) -> list[Waiver]:
    """What the file should say in the end, without places and time zones."""
    new = {id(each.instead_of): each.waiver for each in entries if each.instead_of is not None}
    after = [each.waiver for each in entries if each.instead_of is None]
    return [_bare(new.get(id(each), each)) for each in (*there, *after)]


def _read(text: str, path: str) -> list[Waiver]:
    source = Source(path, text)
    trees = read_yaml(source)
    found = [waiver for tree in trees if isinstance(tree, Tree) for waiver in read_waivers(tree)[0]]
    return [_bare(waiver) for waiver in found]


def _bare(waiver: Waiver) -> Waiver:
    return replace(waiver, where=Location(Source("", ""), Span(0, 0)), until=waiver.until.replace(tzinfo=None))
