"""Texts that messages show, with places for values: `up to {authority.offers.refund.limit}`."""

from __future__ import annotations

import re

from replylint.contract.own_names import OwnNames
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.conditions import Resolver
from replylint.language.naming import canonical_name
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

# What looks like the place of a value and is none.
# A brace that is not closed goes on to the end of its text at most.
_NO_PLACE = re.compile(r"｛[^｛｝\n]*｝|\{\s*\}|\{[^{}\n\"”」』]*(?=[{\"”」』])")
_PLACE = re.compile(r"\{([^{}\n]+)\}")


def template_of(
    quoted: s.Quoted, source: Source, resolver: Resolver, own_names: OwnNames, problems: list[Problem]
) -> r.Template:
    """A quoted text with its places bound to what they name; what is wrong with them is added to the problems."""
    problems += _no_places(Location(source, quoted.span))
    spans = [Span(quoted.span.start + found.start(1), quoted.span.start + found.end(1))
             for found in _PLACE.finditer(Location(source, quoted.span).words)]  # fmt: skip
    parts: list[str | r.Operand] = []
    at = 0
    for found, span in zip(_PLACE.finditer(quoted.value), spans, strict=False):
        name = own_names.canonical(canonical_name(found[1].strip()))
        operand = resolver.operand(s.Path(name, span, found[1]))
        parts += [quoted.value[at : found.start()], operand or ""]
        at = found.end()
    return (*parts, quoted.value[at:])


def _no_places(where: Location) -> list[Problem]:
    """Braces that hold no name, or are no braces."""
    found = [(match[0], where.span.start + match.start()) for match in _NO_PLACE.finditer(where.words)]
    return [
        Problem("language.bad-place", Location(where.source, Span(start, start + len(words))), {"words": words})
        for words, start in found
    ]
