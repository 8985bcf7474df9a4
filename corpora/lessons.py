"""What `weigh.py` learns: from which rows, which part of them is read, and what each row is an example of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from replylint.api import load_policy
from replylint.facts.extract import Extractor
from replylint.facts.model import Fact
from replylint.facts.signs import by_sign, grouped, signs_in, signs_of, told_by, without_quoted
from replylint.facts.stems import stem
from replylint.facts.weights import TEMPLATE, names_of
from replylint.text.model import Text
from replylint.text.pipeline import read
from rows import HERE, LEXICON, rows_of, text_of

LONGEST = 2
"""Of how many characters, or words, a sign consists at most."""
COURTESY, STEP = "apology thanks empathy", "promise invite contact_info deed"
REST = "acknowledge explain admission"
ACTS = (
    *f"{COURTESY} {REST} promise promise/contact promise/amount invite/private invite/return contact_info".split(),
    *(COURTESY, STEP, f"{COURTESY} {STEP}", f"{COURTESY} {STEP} {REST}"),
)
"""What a civil reply does: facts, and groups of them of which it holds any; what is missing shows as well."""
LIMITED = "promise/amount"
"""What sets a limit by itself."""
SPREAD, FURTHER = 7, 11
"""How far apart, in their files, the ordinary replies are that rows written next to each other are put among."""
AROUND = 2
"""How many ordinary reviews one of somebody treated as less is put among, so that it is found in a long one."""
TOLD = 2
"""So many words that no reply of the kind that fits any review has are in a sentence that says something."""
LONG_REVIEW = 5
"""Of how many sentences a long review consists, when it is made of them."""
OVERPROMISE = "promise-scope"
HARM = "harm"
_TREATED = frozenset({"discrimination", "harassment"})


@dataclass(frozen=True)
class Sample:
    """A text to learn from, or a sentence of it.

    review: of a reply, what it answers. facts: what it says as a whole; none of a sentence. signs: what counts of it,
    and sentences: of each of its sentences. labels: what it is an example of; unclear: what it may be one of as well.
    everyday: nothing like what is looked for is near. again: it was shown before, with less around it.
    """

    text: Text
    review: Text | None
    facts: tuple[Fact, ...]
    signs: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    labels: frozenset[str]
    unclear: frozenset[str] = frozenset()
    everyday: bool = False
    again: bool = False


@dataclass(frozen=True)
class Lesson:
    """What is learnt in one go, and written to a file for each language.

    name: of the file, after the language. fact: the type of fact that the weights tell. kinds: each kind of it with
    the label of its samples. rows: what is learnt from in a language, as it is written and nothing besides; sample: a
    row as something to learn from, None where it teaches nothing. acts: what a text does counts, too. faintest:
    percent; what is less strong is not told. whole: the text as a whole counts, not only its most telling sentence.
    common: signs that more of the texts have say nothing by themselves. groups: of a language, signs that count as one.
    short: kinds in a language that are learnt from no row a second time. wrongly: the share of sound texts, most of
    them near misses, that each kind may be found in while they are held out; but: kinds in a language with another.
    """

    name: str
    fact: str
    kinds: Mapping[str, str]
    rows: Callable[[str], Iterator[tuple[dict[str, Any], bool]]]
    sample: Callable[[dict[str, Any], str, Extractor, bool], Sample | None]
    acts: tuple[str, ...]
    faintest: int
    whole: bool
    common: float
    groups: Callable[[str], Mapping[str, Sequence[str]]]
    short: Collection[tuple[str, str]]
    wrongly: float
    but: Mapping[tuple[str, str], float]

    def samples(self, language: str) -> list[Sample]:
        """All that is learnt from in a language."""
        extractor = load_policy(LEXICON.parent).extractor
        made = (self.sample(row, language, extractor, everyday) for row, everyday in self.rows(language))
        return [sample for sample in made if sample is not None]


def _replies(language: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The cases, what is only learned from, and the everyday replies; each once more within a longer reply.

    Most rows say one thing only, while a reply that is posted says what is wrong among much that is not. Everyday ones
    are put into others, too: to be long is no sign of trouble.
    """
    rows = [one for one in rows_of(language, "cases", "learning", "everyday") if one[1].get("reply")]
    for number, (folder, row) in enumerate(rows):
        told = {name: row.get(name) for name in ("reply", "review", "violates", "may_also")}
        yield told, folder == "everyday"
        yield {**told, "reply": _within(text_of(row["reply"]), number, language), "again": True}, folder == "everyday"


def _within(reply: str, number: int, language: str) -> str:
    """A reply somewhere among the sentences of an everyday one, with the first, the last or both halves of a canned."""
    everyday, canned = _sentences_of(language, "everyday"), _sentences_of(language, "canned")
    ordinary, polite = everyday[SPREAD * number % len(everyday)], canned[FURTHER * number % len(canned)]
    half = max(1, len(polite) // 2)
    opening, closing = polite[:half] if number % 3 != 1 else [], polite[half:] if number % 3 != 0 else []
    around = [*opening, *ordinary, *closing]
    at = 1 + number % len(around)
    return _joined([*around[:at], reply, *around[at:]], language)


@cache
def _sentences_of(language: str, folder: str) -> list[list[str]]:
    """The sentences of each reply of a folder, as they are written."""
    return [_written(read(text_of(row["reply"]))) for _, row in rows_of(language, folder) if row.get("reply")]


def _written(text: Text) -> list[str]:
    """The sentences as they are written."""
    places = (text.original_span(sentence) for sentence in text.sentences)
    return [text.original[place.start : place.end].strip() for place in places]


def _reply(row: dict[str, Any], language: str, extractor: Extractor, everyday: bool) -> Sample:
    reply, review = read(text_of(row["reply"])), read(text_of(row["review"])) if row["review"] else None
    violates, may_also = frozenset(row["violates"] or ()), frozenset(row["may_also"] or ())
    asked = signs_in(review, language, LONGEST) if review is not None else ()
    parts = tuple(signs.difference(told_by(asked, signs)) for signs in _sentences(reply, language, without_quoted))
    facts = extractor.extract(reply, review).reply_facts
    if LIMITED in names_of(facts):
        # How much may be promised is for the rules about amounts to say: nothing is learnt from it here.
        violates, may_also = violates - {OVERPROMISE}, may_also | violates & {OVERPROMISE}
    signs = frozenset().union(*parts)
    return Sample(reply, review, facts, signs, parts, violates, may_also, everyday, row.get("again", False))


def _no_groups(_: str) -> Mapping[str, Sequence[str]]:
    return {}


@cache
def _groups(language: str) -> Mapping[str, Sequence[str]]:
    """The groups of `groups.yml`, as signs are spelt."""
    listed = yaml.safe_load((HERE / "groups.yml").read_text(encoding="utf-8"))[language]
    return {group: sorted({_sign(word) for word in words.split(",")}) for group, words in listed.items()}


def _sign(word: str) -> str:
    return " ".join(map(stem, read(word.strip()).folded.split()))


def _with_groups(signs: frozenset[str], language: str) -> frozenset[str]:
    return signs.union(grouped(signs, _groups_of(language)))


@cache
def _groups_of(language: str) -> Mapping[str, Sequence[str]]:
    return by_sign(_groups(language))


def _accounts(language: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The reviews by people who were treated as less, or harassed, and what those of `_reviews` are learnt beside.

    All of them by themselves and among others, as parts of a long review.
    """
    ordinary = [text_of(row["review"]) for _, row in rows_of(language, "reviews") if not row["alleges"]]
    for number, (_, row) in enumerate(rows_of(language, "treatment")):
        told = {"text": row["review"], "alleges": row["alleges"]}
        around = [ordinary[(3 * number + nth) % len(ordinary)] for nth in range(AROUND)]
        yield told, False
        yield {**told, "text": _joined([*around[:1], row["review"], *around[1:]], language), "again": True}, False
    daily = [{"text": row["text"], "alleges": []} for row, _ in _reviews(language)]
    yield from ((row, True) for row in daily)
    for first in range(0, len(daily), LONG_REVIEW):
        parts = [row["text"] for row in daily[first : first + LONG_REVIEW]]
        yield {"text": _joined(parts, language), "alleges": [], "again": True}, True


def _joined(told: Iterable[str], language: str) -> str:
    return ("" if language == "zh" else " ").join(told)


def _account(row: dict[str, Any], language: str, extractor: Extractor, everyday: bool) -> Sample | None:
    review = read(row["text"])
    alleged = (fact.kind for fact in extractor.extract(read(""), review).review_facts if fact.type == "allegation")
    if everyday and not _TREATED.isdisjoint(alleged):
        return None
    parts = tuple(_sentences(review, language, str))
    whole = _with_groups(frozenset().union(*parts), language)
    own = tuple(_with_groups(part, language) for part in parts)
    again = row.get("again", False)
    return Sample(review, None, (), whole, own, frozenset(row["alleges"]), everyday=everyday, again=again)


def _reviews(language: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The reviews that tell of harm, and, each once, the sentences of all others, and of replies."""
    seen = set()
    for folder, row in rows_of(language, "reviews", "cases", "facts", "learning", "everyday"):
        for name in ("review", "reply"):
            told = text_of(row.get(name))
            parts = [told] if row.get("alleges") else _cut(told)
            for part in parts:
                if part not in seen:
                    seen.add(part)
                    # Whether it hurt somebody or made them ill is told by the same signs.
                    yield {"text": part, "harm": [HARM] if row.get("alleges") else []}, folder != "reviews"


def _sentences_sent(language: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each once, the sentences of replies that would fit any review, and those of others that say more than they do."""
    seen, known = set[str](), set[str]()
    for folder, row in rows_of(language, "canned", "templates", "cases", "everyday", "learning"):
        if "no-acknowledgement" in row.get("violates", ()):
            continue
        template = folder in ("canned", "templates")
        for sentence in _cut(text_of(row.get("reply"))):
            words = _words(sentence)
            if template:
                known |= words
            if sentence not in seen and (template or len(words - known) >= TOLD):
                seen.add(sentence)
                yield {"text": sentence, "template": [TEMPLATE] if template else []}, False


def _words(sentence: str) -> frozenset[str]:
    text = read(sentence)
    return frozenset(stem(text.folded[token.start : token.end]) for token in text.tokens)


def _sentence_sent(row: dict[str, Any], language: str, extractor: Extractor, everyday: bool) -> Sample:
    sentence = read(row["text"])
    signs = frozenset(signs_of(without_quoted(sentence.folded), language, LONGEST))
    return Sample(sentence, None, (), signs, (signs,), frozenset(row["template"]), everyday=everyday)


def _cut(told: str) -> list[str]:
    text = read(told)
    return [text.folded[span.start : span.end] for span in text.sentences]


def _review(row: dict[str, Any], language: str, extractor: Extractor, everyday: bool) -> Sample | None:
    review = read(row["text"])
    if everyday and any(fact.type == "allegation" for fact in extractor.extract(read(""), review).review_facts):
        return None
    parts = tuple(_sentences(review, language, str))
    return Sample(review, None, (), frozenset().union(*parts), parts, frozenset(row["harm"]), everyday=everyday)


def _sentences(text: Text, language: str, heard: Callable[[str], str]) -> list[frozenset[str]]:
    said = (heard(text.folded[span.start : span.end]) for span in text.sentences)
    return [frozenset(signs_of(sentence, language, LONGEST)) for sentence in said]


REPLIES = Lesson(
    name="",
    fact="tenor",
    kinds={
        "overpromise": OVERPROMISE,
        "announcement": "unauthorised-statement",
        "review_pressure": "review-removal",
        "contempt": "tone",
        "disclosure": "personal-data",
    },
    rows=_replies,
    sample=_reply,
    acts=ACTS,
    faintest=40,
    whole=True,
    common=1.0,
    groups=_no_groups,
    # Scorn is put into words of courtesy by itself: within a civil reply, what is civil would become a sign of it.
    short={("en", "contempt")},
    # Near misses are a small part of what is written, and replies that nothing is learnt from bear more of it.
    wrongly=0.015,
    # Of replies that nothing was learnt from, hardly any sounds like these; the near misses of scorn are civil twins of
    # the violations, word for word.
    but={
        ("zh", "contempt"): 0.014,
        ("en", "announcement"): 0.012,
        ("en", "contempt"): 0.0155,
        # Ordinary requests to write in, and what hospitals and halls say of their parking and their staff, sound like
        # one of these.
        ("en", "overpromise"): 0.01,
        ("en", "disclosure"): 0.01,
        ("en", "review_pressure"): 0.006,
        ("zh", "overpromise"): 0.0085,
        ("zh", "announcement"): 0.012,
        ("zh", "disclosure"): 0.009,
        ("zh", "review_pressure"): 0.009,
    },
)
REVIEWS = Lesson(
    name="_reviews",
    fact="possible_allegation",
    kinds={HARM: HARM},
    rows=_reviews,
    sample=_review,
    acts=(),
    faintest=60,
    # Harm stands in a sentence of a long complaint, told with the words of any story.
    whole=False,
    common=0.01,
    groups=_no_groups,
    short=(),
    wrongly=0.003,
    but={},
)
TREATMENT = Lesson(
    name="_treatment",
    fact="possible_allegation",
    kinds={"unequal_treatment": "discrimination", "harassment": "harassment"},
    rows=_accounts,
    sample=_account,
    acts=(),
    faintest=60,
    whole=True,
    common=1.0,
    groups=_groups,
    short=(),
    wrongly=0.001,
    # Long stories by customers hold more of these signs than our rows do.
    but={
        ("en", "unequal_treatment"): 0.0009,
        ("en", "harassment"): 0.0015,
        ("zh", "unequal_treatment"): 0.0002,
        ("zh", "harassment"): 0.0005,
    },
)
TEMPLATES = Lesson(
    name="_templates",
    fact=TEMPLATE,
    kinds={TEMPLATE: TEMPLATE},
    rows=_sentences_sent,
    sample=_sentence_sent,
    acts=(),
    faintest=60,
    whole=False,
    common=1.0,
    groups=_no_groups,
    short=(),
    wrongly=0.01,
    but={},
)
LESSONS = (REPLIES, REVIEWS, TREATMENT, TEMPLATES)
