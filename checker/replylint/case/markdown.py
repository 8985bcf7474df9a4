"""A draft as people write it: YAML between two lines of `---`, then the reply."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from replylint.case.stated import is_of_draft
from replylint.case.tree import Tree
from replylint.case.yaml_files import read_yaml
from replylint.source.problems import Problem
from replylint.source.spans import Embedded, Location, Source, Span

_OPENING = re.compile(r"---[ \t]*(?:\r?\n|$)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
# What input methods, word processors and exports as Markdown make of `---`.
_WIDE = r"\uff0d\u2010-\u2015\u2212\u2500\u4e00\ufe63"
_OTHER_DASHES = re.compile(
    rf"^(-{{0,2}}[{_WIDE}][-{_WIDE}]{{0,5}}|(?:\\?-){{3,80}}|[*_]{{3,80}})[ \t\u3000]*\r?$", re.MULTILINE
)
_FENCE = re.compile(r"(```|~~~)[^\n]*\n")
_KEY = re.compile(r"^([^\s:：#]{1,40})[ \t]*[:：]", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t\u3000]*\r?\n)*")


@dataclass(frozen=True)
class Draft:
    """The two parts of a Markdown draft: what stands in its front matter, and its body without blank lines around.

    closing: where the line stands that closes the front matter.
    """

    front: Tree
    body: Embedded
    closing: int


def read_markdown(source: Source) -> Draft | tuple[Problem, ...]:
    """The parts of a draft, or what is wrong with it."""
    text = source.text
    opening = _OPENING.match(text)
    if opening is None and (wide := _OTHER_DASHES.match(text)):
        return (Problem("case.wide-dashes", Location(source, Span(*wide.span(1)))),)
    if opening is None and (fence := _FENCE.match(text)):
        return (Problem("case.fenced", Location(source, Span(*fence.span(1))), {"fence": fence[1]}),)
    if opening is None and "\r" in text and "\n" not in text:
        return (Problem("case.line-ends", Location(source, Span(text.index("\r"), text.index("\r") + 1))),)
    if opening is None:
        return (Problem("case.front-matter-missing", Location(source, source.line_at(0))),)
    closing = _CLOSING.search(text, opening.end())
    if closing is None and (wide := _OTHER_DASHES.search(text, opening.end())):
        return (Problem("case.wide-dashes", Location(source, Span(*wide.span(1)))),)
    if closing is None:
        return (Problem("case.front-matter-open", Location(source, Span(0, 3))),)
    body = _body(source, closing.end())
    trees = read_yaml(source, Span(opening.end(), closing.start()))
    if not trees:
        return (Problem("case.front-matter-empty", Location(source, Span(0, 3))),)
    front = trees[0]
    if not isinstance(front, Tree):
        return _only_problems(trees)
    second = _second_front_matter(body)
    if second is not None:
        return (Problem("case.second-front-matter", body.locate(second)),)
    return Draft(front, body, closing.start())


def _second_front_matter(body: Embedded) -> Span | None:
    """Where fields of another draft stand between two lines of `---`: it would go unchecked, as part of the reply."""
    marks = list(_CLOSING.finditer(body.text))
    for opening, closing in pairwise(marks):
        for key in _KEY.finditer(body.text, opening.end(), closing.start()):
            if is_of_draft(key[1]):
                return Span(*key.span(1))
    return None


def _only_problems(found: tuple[Tree, ...] | tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(each for each in found if isinstance(each, Problem))


def _body(source: Source, position: int) -> Embedded:
    text = source.text
    if text.startswith("\n", position):
        position += 1
    blank = _BLANK_LINES.match(text, position)
    start = blank.end() if blank else position
    return Embedded(text[start:].rstrip(), source, start)
