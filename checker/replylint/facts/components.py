"""Facts found by the user's own spaCy components.

A component of an installed package (a spaCy factory) leaves spans in `doc.spans["replylint"]`, labelled with a fact's
type, or type and kind: `disclosure`, `promise/refund`. They count like any other fact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from replylint.facts.model import Fact, UnknownFactError
from replylint.facts.schema import FACT_TYPES
from replylint.source.spans import Span
from replylint.text.model import Text
from replylint.text.pipeline import doc_of, own_spans, pipeline


def component_facts(components: Sequence[str]) -> Callable[[Text], tuple[Fact, ...]]:
    """What finds the components' facts in a text.

    Raises UnknownComponentError when no installed package has such a component; the result raises UnknownFactError.
    """
    nlp = pipeline(components)

    def find(text: Text) -> tuple[Fact, ...]:
        return tuple(_fact(label, text, text.original_span(span)) for label, span in own_spans(doc_of(text, nlp)))

    return find


def _fact(label: str, text: Text, span: Span) -> Fact:
    type_, _, kind = label.partition("/")
    if type_ not in FACT_TYPES or (kind or None) not in (None, *FACT_TYPES[type_].kinds):
        raise UnknownFactError(label)
    return Fact(type_, kind or None, span, text.original[span.start : span.end])
