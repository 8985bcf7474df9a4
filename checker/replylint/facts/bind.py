"""Values and the facts they belong to: the amount of a refund, the deadline of a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from replylint.facts.carriers import Carriers, distance
from replylint.facts.layout import Layout
from replylint.facts.names import FactName
from replylint.facts.places import Place
from replylint.facts.said import Said
from replylint.facts.schema import meaning_of
from replylint.facts.slots.several import is_for_each, joined
from replylint.source.spans import Span

_ATTRIBUTE_OF = {
    "money": "amount",
    "percent": "percent",
    "duration": "deadline",
    "deadline": "deadline",
    "person": "person",
}
_SAME_MATTER = {"amount": {"amount", "percent"}, "deadline": {"deadline"}}


def bind(
    said: Sequence[Said], places: Iterable[Place], layout: Layout, implied: Iterable[Place] = (),
    arrivals: Sequence[Span] = (),
) -> dict[int, dict[str, Place]]:  # fmt: skip
    """For each fact, by its index, the values that belong to it, by attribute.

    Where each fact of a sentence is followed by a value of its own, they belong together. Else a value belongs to the
    fact that it follows within the words of another, else to the facts whose words hold it (a deadline to the first of
    them, and to those that are joined to it), else to the nearest one in its clause that may carry it; a deadline by
    which something is to arrive belongs to what was promised before it; else a value belongs to what alone is said in
    its sentence. Of several values a fact keeps the nearest, with the amounts that are joined to it. Who names the same
    fact again in the same or the next sentence means the same amount. What is `implied` counts where nothing is stated.

    said: in order of place. arrivals: words for how what was promised reaches the customer.
    """
    arriving = frozenset(layout.clause_of(span.start) for span in arrivals)
    owned: dict[int, dict[str, list[Place]]] = {}
    carriers: dict[str, Carriers] = {}
    stated = list(_without_parts((_ATTRIBUTE_OF[place.kind], place) for place in places if place.kind in _ATTRIBUTE_OF))
    for name, place in stated:
        if name not in carriers:
            values = [other.span for attribute, other in stated if attribute == name]
            carriers[name] = Carriers(name, said, values, layout, arriving)
        for index in carriers[name].owners(place.span, layout):
            owned.setdefault(index, {}).setdefault(name, []).append(place)
    bound = {index: dict(_nearest(values_of, said[index], layout)) for index, values_of in owned.items()}
    for place in implied:
        name = _ATTRIBUTE_OF[place.kind]
        if name not in carriers:
            carriers[name] = Carriers(name, said, (), layout, arriving)
        for index in carriers[name].owners(place.span, layout, implied=True):
            values_of = bound.setdefault(index, {})
            if values_of.keys().isdisjoint(_SAME_MATTER[name]):
                values_of[name] = place
    _share(bound, said)
    return bound


def _without_parts(stated: Iterable[tuple[str, Place]]) -> Iterator[tuple[str, Place]]:
    """The values but for those that are a part of another of the same attribute: 三天 in 三天內."""
    kept: dict[str, Span] = {}
    for name, place in sorted(stated, key=lambda each: (each[1].span.start, -each[1].span.end)):
        if name in kept and kept[name].contains(place.span):
            continue
        kept[name] = place.span
        yield name, place


def _nearest(owned: Mapping[str, Sequence[Place]], fact: Said, layout: Layout) -> Iterator[tuple[str, Place]]:
    for name, places in owned.items():
        nearest = min(places, key=lambda place: _fit(place.span, fact, layout))
        whole = joined(nearest, places, layout.text.folded) if len(places) > 1 else nearest
        # What so much for each of an unknown number comes to cannot be told.
        if whole is not None and not is_for_each(nearest, layout.text.folded):
            yield name, whole


def _share(bound: dict[int, dict[str, Place]], said: Sequence[Said]) -> None:
    """Give a fact that is named again without a value the values of its other naming, the one before first."""
    for order in (range(len(said)), range(len(said) - 1, -1, -1)):
        latest: dict[FactName, int] = {}
        for index in order:
            fact = said[index]
            name = meaning_of(fact.name).also or fact.name
            if index in bound:
                latest[name] = index
            elif (other := latest.get(name)) is not None and abs(said[other].sentence - fact.sentence) <= 1:
                bound[index] = dict(bound[other])


def _fit(span: Span, fact: Said, layout: Layout) -> tuple[bool, bool, int]:
    """The nearer a value the better it fits: one inside the words before one beside them.

    Best of all fits what comes right behind the words: 您的餐費 500 元會退 300 元.
    """
    behind = fact.mention.end <= span.start and not layout.text.folded[fact.mention.end : span.start].strip()
    return not behind, not fact.mention.span.contains(span), distance(span, fact)
