"""What to tell about the place where the parser stopped: the surest guess at what went wrong."""

from __future__ import annotations

from replylint.language.mistakes import counts, ends, inside, joints, lines, numbers, quotes, sense, signs
from replylint.language.mistakes.stop import WORD, Mistake, Stop, line_at
from replylint.language.tokens import MisreadError
from replylint.source.spans import Span

# The first that applies is told; what is surest comes first.
_GUESSES = (
    quotes.quote, lines.condition_and_then, lines.other_word, lines.reading_in_clause, sense.quoted_name,
    quotes.words_for_fact, quotes.second_text, signs.full_width, quotes.no_quotes, numbers.moment,
    sense.field_in_words, inside.article, counts.count, sense.condition_on_line, sense.compared_fact, sense.fact_within,
    sense.keyword_for_field, numbers.money_sign, numbers.unit, sense.nameless_value,
    inside.spaces, lines.given, numbers.behind_number, sense.value_after_or, ends.ended, ends.parenthesis,
    sense.kinds_in_parentheses,
    ends.summed, lines.name_of_many_words, lines.keyword, numbers.no_number, inside.expression, joints.other_word,
    signs.sign, lines.reserved, joints.near_joint, numbers.in_words, joints.negation, inside.quoted,
    sense.value_of_many_words,
)  # fmt: skip


def mistake_at(text: str, chunk: Span, place: tuple[Span, frozenset[str]]) -> Mistake:
    """What to tell about the place where the parser stopped and what it could have gone on with."""
    at, expected = place
    found = WORD.match(text, at.start, chunk.end)
    word = Span(at.start, found.end() if found else max(at.end, at.start))
    stop = Stop(text, chunk, word, line_at(text, at.start), expected)
    for guess in _GUESSES:
        mistake = guess(stop)
        if mistake is not None:
            return mistake
    return inside.unexpected(stop, stop.word)


def misread(text: str, chunk: Span, error: MisreadError) -> Mistake:
    """What to tell about words that the grammar allows but nobody means."""
    if error.own_line:
        stop = Stop(text, chunk, error.span, line_at(text, error.span.start), frozenset())
        own = lines.other_word(stop) or lines.keyword(stop)
        return own or Mistake(error.key, error.span, error.span.start, {"words": stop.written}, True)
    return Mistake(error.key, error.span, error.span.start, dict(error.values))
