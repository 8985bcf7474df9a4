"""The join of hits against a plain search that tries everything, and bounds on any text."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.facts.compile import compile_lexicon
from replylint.facts.match import Scanner
from replylint.facts.matcher import REPLIES
from replylint.facts.names import FactName
from replylint.facts.wordings import Choice, Gap, Lexicon, Pattern, PhraseRef, Wording, Words
from replylint.source.spans import Location, Source, Span
from replylint.text.model import Text
from replylint.text.pipeline import read
from tests.facts.reading import extractor, small_lexicon

NAME = FactName("claim")
NOWHERE = Location(Source("test.rules", ""), Span(0, 0))

words = st.sampled_from(["退", "款", "退款", "我們", "ab", "cd", "ab cd", "款,退"]).map(Words)
gaps = st.integers(1, 4).map(Gap)
plain = st.lists(words | gaps, min_size=1, max_size=3).map(tuple)
choices = st.lists(plain | st.just(()), min_size=1, max_size=3).map(lambda options: Choice(tuple(options)))
patterns = st.lists(words | gaps | choices | st.just(PhraseRef("p")), min_size=1, max_size=5).map(tuple)
alternatives = st.lists(words | gaps | choices, min_size=1, max_size=3).map(tuple)
phrases = st.lists(alternatives, min_size=1, max_size=2).map(tuple)
pieces = st.sampled_from(["退", "款", "我們", "ab", "cd", " ", ",", "。", "x", "而"])
blanks = st.sampled_from(["", " "])
texts = st.lists(pieces, max_size=16).map("".join)


def spelled_out(pattern: Pattern, options: tuple[Pattern, ...]) -> list[list[Words | Gap]]:
    """All plain sequences that a pattern stands for; none when one of them would be empty."""
    parts = [_spelled(element, options) for element in pattern]
    joined = [_trimmed([e for part in choice for e in part]) for choice in product(*parts)]
    return joined if all(joined) else []


def _spelled(element: object, options: tuple[Pattern, ...]) -> list[list[Words | Gap]]:
    if isinstance(element, Words | Gap):
        return [[element]]
    alternatives = options if isinstance(element, PhraseRef) else element.options
    found: list[list[Words | Gap]] = [[]] if () in alternatives else []
    for alternative in alternatives:
        found += spelled_out(alternative, ())
    return found


def _trimmed(sequence: list[Words | Gap]) -> list[Words | Gap]:
    while sequence and isinstance(sequence[0], Gap):
        sequence = sequence[1:]
    while sequence and isinstance(sequence[-1], Gap):
        sequence = sequence[:-1]
    return sequence


def tried(sequence: list[Words | Gap], text: Text) -> set[tuple[int, int]]:
    """Start and end of all occurrences of a plain sequence."""
    ways = {(start, start) for start in range(len(text.folded))}
    gap = None
    for element in sequence:
        if isinstance(element, Gap):
            gap = element.limit + (gap or 0)
            continue
        word = element.text.replace("們", "们")
        ways = {
            (begin, start + len(word))
            for begin, end in ways
            for start in range(end, len(text.folded))
            if (start == end or (begin != end and reachable(end, start, gap, text)))
            and text.folded.startswith(word, start)
            and whole(text.folded, start, start + len(word))
        }
        gap = None
    return ways


def reachable(end: int, start: int, gap: int | None, text: Text) -> bool:
    if text.folded[end:start] == " ":
        return True
    if gap is None or text.units[start] - text.units[end] > gap:
        return False
    return start <= next((clause.end for clause in text.clauses if clause.end >= end), len(text.folded))


def whole(folded: str, start: int, end: int) -> bool:
    def inside(at: int) -> bool:
        return 0 < at < len(folded) and all(c.isascii() and c.isalnum() for c in folded[at - 1 : at + 1])

    return not inside(start) and not inside(end)


def likely(draw: st.DrawFn, pattern: Pattern, options: tuple[Pattern, ...]) -> str:
    """A text made from the pattern's own words, its gaps filled up to one unit too many."""
    sequences = spelled_out(pattern, options)
    sequence = draw(st.sampled_from(sequences)) if sequences else []
    parts = [
        draw(pieces) * draw(st.integers(0, e.limit + 1)) if isinstance(e, Gap) else e.text + draw(blanks)
        for e in sequence
    ]
    return draw(texts) + "".join(parts) + draw(texts)


@settings(max_examples=600, deadline=None)
@given(st.data(), patterns, phrases)
def test_joining_finds_what_trying_everything_finds(data, pattern, options):
    text = read(likely(data.draw, pattern, options))
    lexicon = Lexicon((Wording(NAME, pattern, NOWHERE),), {"p": options})
    found: dict[int, int] = {}
    for mention in Scanner(compile_lexicon(lexicon), REPLIES).mentions(text):
        found[mention.end] = min(mention.start, found.get(mention.end, mention.start))
    expected: dict[int, int] = {}
    for sequence in spelled_out(pattern, options):
        for start, end in tried(sequence, text):
            expected[end] = min(start, expected.get(end, start))
    assert found == expected


PIECES = """我們會|退款|給您|不|無法|如果|您提到|「|」|？|，|。|嗎|300元|5%|三天內|0912345678|\u200b|😀|退|款|"|?|!| |
|we will |refund you |not |if """
said = st.sampled_from(PIECES.split("|"))


@settings(max_examples=300, deadline=None)
@given(st.lists(said, max_size=30).map("".join))
def test_spans_always_lie_in_the_text(written):
    for fact in extractor(small_lexicon()).extract(read(written), read(written)).reply_facts:
        assert written[fact.span.start : fact.span.end] == fact.quote
        assert fact.quote
        for attribute in fact.attributes.values():
            assert 0 <= attribute.span.start < attribute.span.end <= len(written)
