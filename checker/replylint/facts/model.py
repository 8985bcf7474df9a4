"""Facts: what a text says, with the words that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from replylint.source.components import ComponentError
from replylint.source.spans import Location, Span
from replylint.source.values import Value

Certainty = Literal["definite", "conditional", "hedged"]


class UnknownFactError(ComponentError):
    """A component labelled a span with something that is no fact; `name` is what it said."""

    key = "usage.component-fact"


@dataclass(frozen=True)
class Attribute:
    """A value that belongs to a fact, such as the amount of a promised refund, and the words that state it."""

    value: Value
    span: Span


@dataclass(frozen=True)
class Fact:
    """One thing that a text says.

    type, kind: as in the fact schema; kind is None where the type has no kinds.
    span: in the original text. quote: the words there.
    attributes: amount, percent, deadline, person, … where stated.
    certainty: definite, conditional ("if you contact us we will…") or hedged ("we may…").
    context: the cues that were seen around the words, by kind, such as {"condition": Span}.
    wording: the lexicon line it was read from; None for facts that are computed (acknowledge, disclosure by number).
    issues: for acknowledge, the kinds of issue taken up, where they are known ones.
    """

    type: str
    kind: str | None
    span: Span
    quote: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    certainty: Certainty = "definite"
    context: Mapping[str, Span] = field(default_factory=dict)
    wording: Location | None = None
    issues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a reply and its review say.

    reply_facts, review_facts: in order of place; offsets into the original texts.
    canned: whether the reply would fit almost any review, because it takes up nothing of it, or calls that what any
        reply would; None when the review has no text.
    particular: whether the reply says something that not any business would say, of no other issue; None likewise, and
        where it may speak of another.
    left_out: the kinds of complaint in the review that the reply takes up nowhere; None when that cannot be told,
        because there is no review, or the reply answers in words of its own, or may speak of something else.
    about: whether the review tells something that a reply can take up, beyond how good it was; None likewise.
    folded: the reply with its spelling evened out, by which it is compared with other replies.
    """

    reply_facts: tuple[Fact, ...]
    review_facts: tuple[Fact, ...]
    canned: bool | None
    folded: str = ""
    particular: bool | None = None
    left_out: tuple[str, ...] | None = None
    about: bool | None = None
