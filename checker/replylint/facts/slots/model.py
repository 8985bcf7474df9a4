"""A typed value found in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from replylint.source.spans import Span
from replylint.source.values import Value

if TYPE_CHECKING:
    from replylint.facts.wordings import SlotKind


class Found(NamedTuple):
    """A value of one kind and its place in the folded text.

    money: Money or Stated. percent: Percent, what is taken off for a discount. number: Decimal. duration: Duration.
    deadline: Deadline. person, colleague, name, phone (E.164 where possible), email, url, id_number: str.
    """

    kind: SlotKind
    span: Span
    value: Value
