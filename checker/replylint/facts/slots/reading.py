"""What the readers of single kinds share: the text, its numbers and its fixed words, found once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Literal

from replylint.facts.slots.numerals import Numeral, find_numerals
from replylint.facts.slots.table import Words, word_table
from replylint.source.spans import Span
from replylint.source.values import Stated
from replylint.text.characters import is_cjk
from replylint.text.model import Text

Topic = Literal[
    "numeral", "scale", "stated", "percent", "duration", "now", "day", "period", "weekday", "week_end",
    "week", "month", "day_part", "title",
    "latin_title", "numbered",
]  # fmt: skip
_REACH = 24  # how far before a number its words may begin
_RANGE = re.compile(r" ?(?:-|~|—|至|到|to) ?")


@dataclass(frozen=True)
class Hit:
    """A fixed word of the table: what it is about and what it stands for."""

    topic: Topic
    value: Any
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A text with its numbers and fixed words, in order."""

    text: Text
    folded: str
    numerals: tuple[Numeral, ...]
    hits: tuple[Hit, ...]

    def before(self, start: int) -> str:
        """The text shortly before a place."""
        return self.folded[max(0, start - _REACH) : start]

    def written(self, span: Span) -> str:
        """The words of a place as they stand in the original."""
        place = self.text.original_span(span)
        return self.text.original[place.start : place.end]

    def range_start(self, index: int) -> int:
        """Where a number begins, or the range of which it is the upper end."""
        start = self.numerals[index].start
        if index:
            previous = self.numerals[index - 1]
            between = _RANGE.fullmatch(self.folded, previous.end, start)
            if between and previous.value < self.numerals[index].value:
                return previous.start
        return start


def read_words(text: Text) -> Reading:
    """Find the numbers and fixed words of a text."""
    hits = tuple(Hit(value[0], value[1], start, end) for start, end, value in _fixed_words().find(text.folded))
    english = [(h.start, h.end, (h.topic, h.value)) for h in hits if h.topic in ("numeral", "scale")]
    return Reading(text, text.folded, tuple(find_numerals(text.folded, english)), hits)


@cache
def _fixed_words() -> Words:
    table = word_table()
    values: dict[str, tuple[Topic, Any]] = {}

    def add(topic: Topic, words: Mapping[str, Any]) -> None:
        values.update({word: (topic, value) for word, value in words.items()})

    add("numeral", table["numerals"])
    add("scale", table["scales"])
    for name, words in table["stated"].items():
        add("stated", dict.fromkeys(words, Stated(name)))
    add("percent", table["percents"])
    add("duration", table["durations"])
    add("duration", _halves(table))
    add("now", dict.fromkeys(table["now"]))
    add("day", table["days"])
    add("period", table["spans"])
    add("weekday", table["weekday_names"])
    add("week_end", table["week_ends"])
    add("week", dict.fromkeys(table["week_words"]))
    add("month", table["months"])
    add("day_part", table["day_parts"])
    add("title", _titles(table))
    add("latin_title", dict.fromkeys(table["latin_titles"]))
    add("numbered", dict.fromkeys(table["numbered"]))
    return Words(values)


def _titles(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What a name with each title is: 王小姐 a person, 王司機 a colleague, 王店長 both."""
    kinds = {"person": table["titles"], "colleague": table["staff_titles"]}
    return {
        title: tuple(kind for kind, titles in kinds.items() if title in titles) for title in chain(*kinds.values())
    }


def _halves(table: Mapping[str, Any]) -> dict[str, list[Any]]:
    """半小時, 半天: half of each Chinese unit."""
    return {
        table["half"] + word: [0.5, unit] for unit, words in table["units"].items() for word in words if is_cjk(word[0])
    }
