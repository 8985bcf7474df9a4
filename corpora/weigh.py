"""Learns what troubled replies read like: `policy/lexicon/*.weights`, from the replies in this folder.

    python corpora/weigh.py            writes the weights anew, and tells how well they do on cases held out of learning
    python corpora/weigh.py --check    only compares what they were learnt from with what is there; exit code 1

Logistic regression with a quadratic penalty, one for each kind of trouble, over signs weighed by how rare they are, and
over what the reply does as a whole, as the lexicon reads it. Nothing but our own texts goes in. Needs scikit-learn,
which the program itself does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from replylint.api import load_policy
from replylint.facts.extract import Extractor
from replylint.facts.model import Fact
from replylint.facts.tenor import Weights, names_of, odds, signs_of, told_by
from replylint.text.model import Text
from replylint.text.pipeline import read
from rows import LEXICON, rows_of, text_of

KINDS = {
    "overpromise": "promise-scope",
    "announcement": "unauthorised-statement",
    "review_pressure": "review-removal",
    "contempt": "tone",
    "disclosure": "personal-data",
}
LONGEST = {"en": 2, "zh": 2}
COURTESY, STEP = "apology thanks empathy", "promise invite contact_info deed"
REST = "acknowledge explain admission"
ACTS = (
    *f"{COURTESY} {REST} promise promise/contact promise/amount invite/private invite/return contact_info".split(),
    *(COURTESY, STEP, f"{COURTESY} {STEP}", f"{COURTESY} {STEP} {REST}"),
)
"""What a civil reply does: facts, and groups of them of which it holds any; what is missing shows as well."""
LIMITED = "promise/amount"
"""What sets a limit by itself."""
ACT = 0.4
"""How long an act is as a sign; all other signs of a reply together have the length 1."""
OFTEN = 2
"""In how many replies a sign has to stand."""
STRICT = 3.0
"""The inverse of the penalty."""
EVERYDAY = 3
"""How much an everyday reply counts: most replies are like them, and hardly any of the cases is."""
FOLDS = 5
RUN = 30
"""Cases written one after the other are alike, so they are learnt from together, or held out together."""
BLOCKS = 60
"""Percent: from where the starter rules block."""
WRONGLY = 0.015
"""The share of sound replies, most of them near misses, that each kind may block while they are held out.

Near misses are a small part of what is written, and replies that nothing is learnt from bear more of it.
"""
WRONGLY_BUT = {
    ("en", "overpromise"): 0.02,
    ("en", "announcement"): 0.03,
    ("en", "contempt"): 0.025,
    ("en", "disclosure"): 0.025,
}
"""What may block more: of English replies that nothing was learnt from, hardly any sounds like these."""
_LEARNT = ("reply", "review", "violates", "may_also")


@dataclass(frozen=True)
class Sample:
    """One reply to learn from, or a sentence of it.

    facts: what it says as a whole; none of a sentence. signs: what counts of it, and sentences: of each of its
    sentences. violates: categories; may_also: those that it may violate as well.
    """

    reply: Text
    review: Text | None
    facts: tuple[Fact, ...]
    signs: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    violates: frozenset[str]
    may_also: frozenset[str] = frozenset()
    everyday: bool = False


def samples(language: str) -> list[Sample]:
    """The cases in a language, what is only learned from, and the everyday replies."""
    extractor = load_policy(LEXICON.parent).extractor
    return [sample(row, language, extractor, everyday) for row, everyday in _rows(language)]


def learnt_from(language: str) -> str:
    """The digest of all that is learnt from in a language."""
    told = [[*(row.get(name) for name in _LEARNT), everyday] for row, everyday in _rows(language)]
    return hashlib.sha256(_plain(told).encode()).hexdigest()


def _rows(language: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The rows in a language, and whether each is an everyday reply."""
    for folder, row in rows_of(language, "cases", "learning", "everyday"):
        if row.get("reply"):
            yield row, folder == "everyday"


def sample(row: dict[str, Any], language: str, extractor: Extractor, everyday: bool = False) -> Sample:
    """A row of `cases/` as something to learn from."""
    reply, review = read(text_of(row["reply"])), read(text_of(row["review"])) if row.get("review") else None
    violates, may_also = frozenset(row.get("violates", ())), frozenset(row.get("may_also", ()))
    longest = LONGEST[language]
    said = [frozenset(signs_of(reply.folded[span.start : span.end], language, longest)) for span in reply.sentences]
    asked = signs_of(review.folded, language, longest) if review is not None else ()
    parts = tuple(signs.difference(told_by(asked, signs)) for signs in said)
    facts = extractor.extract(reply, review).reply_facts
    if LIMITED in names_of(facts):
        # How much may be promised is for the rules about amounts to say: nothing is learnt from it here.
        violates, may_also = violates - {KINDS["overpromise"]}, may_also | violates & {KINDS["overpromise"]}
    return Sample(reply, review, facts, frozenset().union(*parts), parts, violates, may_also, everyday)


def sentences_of(given: Iterable[Sample], troubled: bool) -> Iterator[Sample]:
    """The sentences of replies that have several: of troubled ones, or of those without any trouble."""
    for one in given:
        if len(one.sentences) > 1 and (bool(one.violates) if troubled else not one.violates | one.may_also):
            yield from (replace(one, facts=(), signs=signs) for signs in one.sentences)


def learn(language: str, given: Sequence[Sample]) -> Weights:
    """The weights that tell the given replies apart best."""
    often = Counter(sign for sample in given for sign in sample.signs)
    counter = CountVectorizer(
        analyzer=lambda sample: sample.signs,
        binary=True,
        vocabulary=sorted(sign for sign, count in often.items() if count >= OFTEN),
    )
    rarity = TfidfTransformer()
    # Sentences of sound replies are shown, too: being short is no sign of trouble.
    sound = [*given, *sentences_of(given, troubled=False)]
    rarity.fit(counter.transform(sound))
    whole, parts = (
        Shown(shown, hstack([rarity.transform(counter.transform(shown)), _acts(shown)], "csr"))
        for shown in (sound, list(sentences_of(given, troubled=True)))
    )
    models = [_told_apart(whole, parts, category) for category in KINDS.values()]
    biases = tuple(round(1000 * model.intercept_[0]) for model in models)
    signs, acts = np.split(np.array([model.coef_[0] for model in models]), [-len(ACTS)], axis=1)
    columns = np.vstack([rarity.idf_**2, signs * rarity.idf_]).T
    rows = _thousandths(counter.get_feature_names_out(), columns)
    return Weights(language, LONGEST[language], tuple(KINDS), biases, rows, _thousandths(ACTS, ACT * acts.T))


def _acts(given: Sequence[Sample]) -> Any:
    """A row for each reply, a column for each of ACTS."""
    there = [names_of(one.facts) for one in given]
    return csr_matrix([[0.0 if names.isdisjoint(act.split()) else ACT for act in ACTS] for names in there])


def _thousandths(names: Iterable[str], rows: Any) -> dict[str, list[int]]:
    return {str(name): [round(1000 * value) for value in row] for name, row in zip(names, rows, strict=True)}


@dataclass(frozen=True)
class Shown:
    """Samples, and their signs as rows of a matrix."""

    samples: Sequence[Sample]
    signs: Any

    def __add__(self, other: Shown) -> Shown:
        return Shown([*self.samples, *other.samples], vstack([self.signs, other.signs]))

    def only(self, chosen: Sequence[int]) -> Shown:
        """Some of them, by number."""
        return Shown([self.samples[index] for index in chosen], self.signs[chosen])


def _told_apart(whole: Shown, parts: Shown, category: str) -> LogisticRegression:
    """What tells replies of a category from all others, as a whole and by the sentence that is the most telling.

    Which sentence that is, nobody has marked: it is found by what whole replies have taught (multiple instances:
    Andrews, Tsochantaridis and Hofmann 2002).
    """
    return _fitted(whole + _most_telling(_fitted(whole, category), parts, category), category)


def _most_telling(model: LogisticRegression, parts: Shown, category: str) -> Shown:
    """The sentence of each reply of a category that says most of it."""
    scores = model.decision_function(parts.signs)
    best: dict[int, int] = {}
    for index, one in enumerate(parts.samples):
        known = best.get(id(one.reply), index)
        if category in one.violates:
            best[id(one.reply)] = max(known, index, key=scores.__getitem__)
    return parts.only(list(best.values()))


def _fitted(shown: Shown, category: str) -> LogisticRegression:
    """What tells samples of a category from all others; those that may be either teach nothing."""
    clear = shown.only([i for i, one in enumerate(shown.samples) if category not in one.may_also - one.violates])
    there = [category in one.violates for one in clear.samples]
    counts = [EVERYDAY if one.everyday else 1 for one in clear.samples]
    model = LogisticRegression(C=STRICT, class_weight="balanced", solver="liblinear", max_iter=1000)
    return model.fit(clear.signs, there, sample_weight=counts)


def held_out(language: str, given: Sequence[Sample]) -> list[tuple[float, ...]]:
    """The odds of each reply by weights that were learnt without it, and without what was written next to it."""
    folds = [(index if one.everyday else index // RUN) % FOLDS for index, one in enumerate(given)]
    found: list[tuple[float, ...]] = [()] * len(given)
    for fold in range(FOLDS):
        weights = learn(language, [one for one, own in zip(given, folds, strict=True) if own != fold])
        for index in (index for index, own in enumerate(folds) if own == fold):
            found[index] = odds(given[index].reply, given[index].review, weights, given[index].facts)
    return found


def calibrated(weights: Weights, given: Sequence[Sample], found: Sequence[tuple[float, ...]]) -> Weights:
    """The weights with odds moved, so that of the sound replies held out no more are blocked than may be."""
    moved = []
    for index, (bias, (kind, category)) in enumerate(zip(weights.biases, KINDS.items(), strict=True)):
        close, daily = ([odds[index] for odds in part if odds] for part in _sound(given, found, category))
        share = WRONGLY_BUT.get((weights.language, kind), WRONGLY)
        moved.append(bias + round(1000 * (_odds_of(BLOCKS) - _topped_by_few([*close, *daily], share))))
    return replace(weights, biases=tuple(moved))


def _sound(
    given: Sequence[Sample], found: Sequence[tuple[float, ...]], category: str
) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """What was found in the near misses of a category, and in everyday replies."""
    sound = [
        (one, odds) for one, odds in zip(given, found, strict=True) if not one.violates and category not in one.may_also
    ]
    return [odds for one, odds in sound if not one.everyday], [odds for one, odds in sound if one.everyday]


def _topped_by_few(odds: Sequence[float], share: float) -> float:
    return sorted(odds)[-1 - int(share * len(odds))]


def _odds_of(percents: float) -> float:
    """The inverse of `percent`, at the least odds that it rounds to so much."""
    return log((percents - 0.5) / (100.5 - percents))


def written(weights: Weights) -> str:
    """The text of a file of weights: a sign a line, so that a change shows."""
    head = {
        "made_by": "corpora/weigh.py, from the cases in corpora/; not to be changed by hand",
        "learnt_from": learnt_from(weights.language),
        "language": weights.language,
        "longest": weights.longest,
        "kinds": list(weights.kinds),
        "biases": list(weights.biases),
        "acts": {names: list(row) for names, row in weights.acts.items()},
    }
    lines = [f"{_plain(name)}: {_plain(value)}," for name, value in head.items()]
    signs = [f"{_plain(sign)}: {_plain(list(row))}" for sign, row in sorted(weights.signs.items())]
    return "{\n" + "\n".join(lines) + '\n"signs": {\n' + ",\n".join(signs) + "\n}}\n"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def told(weights: Weights, raw: Weights, given: Sequence[Sample], found: Sequence[tuple[float, ...]]) -> Iterator[str]:
    """How many replies of each kind were found while they were held out, and how many others wrongly."""
    for index, (kind, category) in enumerate(KINDS.items()):
        least = _odds_of(BLOCKS) - (weights.biases[index] - raw.biases[index]) / 1000
        there = [odds for odds, one in zip(found, given, strict=True) if category in one.violates]
        right, close, daily = (
            f"{sum(bool(odds) and odds[index] >= least for odds in part):4} of {len(part):4}"
            for part in (there, *_sound(given, found, category))
        )
        yield f"{weights.language} {kind:16} {right} found; wrongly {close} near misses, {daily} everyday replies"


def main() -> None:
    """Write the weights of every language, or only compare what they were learnt from."""
    if "--check" in sys.argv:
        stale = [language for language in LONGEST if learnt_from(language) not in _file(language).read_text("utf-8")]
        sys.exit(f"learnt from other replies than are there: {', '.join(stale)}; run `make weights`" if stale else 0)
    for language in LONGEST:
        given = samples(language)
        found, raw = held_out(language, given), learn(language, given)
        weights = calibrated(raw, given, found)
        _file(language).write_text(written(weights), encoding="utf-8")
        print("\n".join(told(weights, raw, given, found)))


def _file(language: str) -> Path:
    return LEXICON / f"{language}.weights"


if __name__ == "__main__":
    main()
