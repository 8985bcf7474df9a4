"""YAML, with the place of every value and of every character of a text.

Built from the parser's events, in one pass: nesting is bounded, an alias is the same value again and is never
copied, tags are not obeyed, and only `true`, `false`, `null` and `~` are anything but text: the schema decides what
is a number or a date (so `id: 0042` and `at: 21:40` stay what they look like).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from replylint.case.fields import REVIEW_WORDS
from replylint.case.limits import MAX_DEPTH
from replylint.case.marks import Mark, MarkedPlaces
from replylint.case.stated import field_name
from replylint.case.tree import Tree
from replylint.case.yaml_mistakes import syntax_mistake
from replylint.case.yaml_scalars import unfold
from replylint.source.foreign_quotes import wrap
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

# Indentation that YAML takes for a part of the name.
_BLANK = re.compile(r"\s+")
_HASH = re.compile(r"[ \t]+#\w[^\r\n]*")


@dataclass(slots=True)
class _Open:
    """A list or a mapping that is being read.

    braces: whether it is a mapping between braces. plain: where its latest text without quotes begins. cut: the name
    that the text's latest part was taken for.
    """

    value: Any
    mark: Mark
    anchor: str | None
    key: str | None = None
    braces: bool = False
    plain: int | None = None
    cut: str | None = None


@dataclass
class _Reading:
    source: Source
    base: int
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Any, Mark]] = field(default_factory=dict)
    done: list[tuple[Any, Mark]] = field(default_factory=list)
    last: int = 0  # where the latest value, key or bracket ended

    def problem(self, key: str, start: int, end: int, **values: str) -> None:
        self.problems.append(Problem(f"case.{key}", Location(self.source, Span(start, end)), values))


class _StopError(Exception):
    """Nothing more can be read from this text."""


def read_yaml(source: Source, span: Span | None = None) -> tuple[Tree, ...] | tuple[Problem, ...]:
    """The documents of a YAML text, or of the part of a source that is YAML; or all that is wrong with it."""
    span = span or Span(0, len(source.text))
    reading = _Reading(source, span.start)
    text = source.text[span.start : span.end]
    try:
        for event in yaml.parse(text, _Loader):
            _take(reading, event)
    except yaml.YAMLError as error:
        reading.problems.append(syntax_mistake(source, span, error))
    except _StopError:
        pass
    for frame in reading.stack:
        _tell_cut(reading, frame)
    if reading.problems:
        return tuple(reading.problems)
    return tuple(Tree(v, source, MarkedPlaces(source.text, m, unfold)) for v, m in reading.done)


def _take(reading: _Reading, event: Any) -> None:
    start, end = event.start_mark.index + reading.base, event.end_mark.index + reading.base
    if isinstance(event, yaml.ScalarEvent):
        _scalar(reading, event, start, end)
    elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        if len(reading.stack) >= MAX_DEPTH:
            reading.problem("too-deep", start, start + 1, limit=str(MAX_DEPTH))
            raise _StopError
        is_map = isinstance(event, yaml.MappingStartEvent)
        mark = Mark(start, end, "{" if is_map else "[")
        reading.stack.append(_Open({} if is_map else [], mark, event.anchor, braces=is_map and bool(event.flow_style)))
        reading.last = end
    elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        opened = reading.stack.pop()
        _tell_cut(reading, opened)
        # A block ends, for the parser, where the next thing begins; comments that lie between are not part of it.
        reading.last = end if end > start else reading.last
        opened.mark.end = max(opened.mark.start, reading.last)
        _place(reading, opened.value, opened.mark, opened.anchor)
    elif isinstance(event, yaml.AliasEvent):
        value, mark = _aliased(reading, event.anchor or "", Span(start, end))
        reading.last = end
        _place(reading, value, mark, None)


def _aliased(reading: _Reading, name: str, span: Span) -> tuple[Any, Mark]:
    if name not in reading.anchors:
        reading.problem("yaml-alias", span.start, span.end, name=name)
        raise _StopError
    return reading.anchors[name]


def _scalar(reading: _Reading, event: Any, start: int, end: int) -> None:
    style = event.style or ""
    value = _WORDS.get(event.value, event.value) if not style else event.value
    # libyaml counts the line break after a block scalar, and the indentation after it, as part of it.
    end = _trimmed(reading.source.text, start, end) if style in ("|", ">") else end
    reading.last = end
    frame = reading.stack[-1] if reading.stack else None
    if frame is not None and frame.mark.style == "{" and frame.key is None:
        if not style and wrap(event.value):
            _tell_quotes(reading, start, end)
        if not style and (blank := _BLANK.match(event.value)):
            reading.problem("yaml-blank", start, start + blank.end())
        _key(reading, frame, event.value, Span(start, end))
        return
    if not style:
        _whole(reading, frame, Span(start, end))
        if wrap(event.value) and not _is_review(frame.key if frame else None):
            _tell_quotes(reading, start, end)
    _place(reading, value, Mark(start, end, style), event.anchor)


def _is_review(name: str | None) -> bool:
    """Whether the value of this name is what a customer wrote, which may well be quoted, and is posted nowhere."""
    return name is not None and (name in REVIEW_WORDS or field_name(name) == "review.text")


def _tell_quotes(reading: _Reading, start: int, end: int) -> None:
    text = reading.source.text
    reading.problem("yaml-quotes", start, end, signs=text[start] + text[end - 1])


def _whole(reading: _Reading, frame: _Open | None, span: Span) -> None:
    """Notice where a text without quotes was cut, because YAML takes a comma or a hash in it for its own.

    Between braces a comma ends the text, and what follows it is a name without a value. A hash after a space begins a
    comment; one that a word follows at once is more likely one of the text's.
    """
    text = reading.source.text
    if (hash_ := _HASH.match(text, span.end)) and span.end > span.start:
        reading.problem("yaml-hash", span.start, hash_.end(), words=text[span.start : hash_.end()])
    if frame is None or not frame.braces or frame.key is None:
        return
    named = frame.mark.keys[frame.key]
    if ":" in text[named.end : span.end]:
        _tell_cut(reading, frame)
        frame.plain = span.start if span.end > span.start else None
    elif frame.plain is not None:
        frame.cut = frame.key


def _tell_cut(reading: _Reading, frame: _Open) -> None:
    """Tell once of a text that commas cut, when its last part is known."""
    if frame.plain is not None and frame.cut is not None:
        end = frame.mark.keys[frame.cut].end
        words = reading.source.text[frame.plain : end]
        reading.problem("yaml-comma", frame.plain, end, words=words, name=frame.cut)
    frame.cut = None


def _key(reading: _Reading, frame: _Open, name: str, span: Span) -> None:
    if name == "<<":
        reading.problem("yaml-merge", span.start, span.end)
    elif name in frame.mark.keys:
        reading.problem("duplicate-key", span.start, span.end, name=name)
    frame.key = name
    frame.mark.keys[name] = span


def _place(reading: _Reading, value: Any, mark: Mark, anchor: str | None) -> None:
    if anchor is not None:
        reading.anchors[anchor] = (value, mark)
    if not reading.stack:
        reading.done.append((value, mark))
        return
    frame = reading.stack[-1]
    if mark.style:
        _tell_cut(reading, frame)
        frame.plain = None
    if frame.mark.style == "[":
        frame.mark.children[len(frame.value)] = mark
        frame.value.append(value)
    elif frame.key is None:
        reading.problem("yaml-key", mark.start, mark.end)
        raise _StopError
    else:
        frame.mark.children[frame.key] = mark
        frame.value[frame.key] = value
        frame.key = None


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
