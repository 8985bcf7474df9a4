"""What a text speaks of: its telling words, and its issues and things by whatever name."""

from __future__ import annotations

import re
from collections.abc import Callable

from replylint.facts.compare import telling_words
from replylint.facts.listen import Heard
from replylint.facts.names import FactName
from replylint.facts.shared import Topic, topics
from replylint.facts.stems import is_chinese, stem
from replylint.source.spans import Location

TOPIC = ":"
"""Stands before what is no word."""
_SHORT = 3
_NAME = re.compile('["「“]([^"」”]*)')


def spoken_of(heard: Heard, generic: frozenset[str], origin: Callable[[int], Location]) -> frozenset[str]:
    """The stems of a text's telling words, and the names of its issues and things, which begin with a colon.

    generic: folded words, and their stems, that do not tell. origin: where the lexicon names a thing, by the number of
    its line; it goes by the first of its names.
    """
    words = {stem(w) for _, w in telling_words(heard, generic) if w and (len(w) >= _SHORT or is_chinese(w))}
    return frozenset(words | {TOPIC + _name(topic, origin) for topic in {topic for topic, _ in topics(heard)}})


def _name(topic: Topic, origin: Callable[[int], Location]) -> str:
    if isinstance(topic, FactName):
        return f"{topic.type} {topic.kind}"
    place = origin(topic)
    named = _NAME.search(place.source.text, place.span.start, place.span.end)
    return named[1] if named else ""
