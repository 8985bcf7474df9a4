"""Learns what troubled replies read like, and reviews by people who were hurt: `policy/lexicon/*.weights`.

    python corpora/weigh.py            writes the weights anew, and tells how well they do on cases held out of learning
    python corpora/weigh.py --check    only compares what they were learnt from with what is there; exit code 1

Logistic regression with a quadratic penalty, one for each kind, over signs weighed by how rare they are, and over what
a reply does as a whole, as the lexicon reads it. What is learnt from which rows stands in `lessons.py`. Nothing but our
own texts goes in. Needs scikit-learn, which the program itself does not.
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
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from lessons import LESSONS, LONGEST, Lesson, Sample
from replylint.facts.tenor import odds
from replylint.facts.weights import Weights, names_of
from rows import LANGUAGES, LEXICON

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


def learnt_from(lesson: Lesson, language: str) -> str:
    """The digest of all that is learnt from in a language."""
    told = [[*row.values(), everyday] for row, everyday in lesson.rows(language)]
    groups = lesson.groups(language)
    return hashlib.sha256(_plain([told, groups] if groups else told).encode()).hexdigest()


def sentences_of(given: Iterable[Sample], troubled: bool) -> Iterator[Sample]:
    """The sentences of replies that have several: of troubled ones, or of those without any trouble."""
    for one in given:
        if len(one.sentences) > 1 and (bool(one.labels) if troubled else not one.labels | one.unclear):
            yield from (replace(one, facts=(), signs=signs) for signs in one.sentences)


def learn(lesson: Lesson, language: str, given: Sequence[Sample]) -> Weights:
    """The weights that tell the given replies apart best."""
    often = Counter(sign for sample in given if not sample.again for sign in sample.signs)
    counter = CountVectorizer(
        analyzer=lambda sample: sample.signs,
        binary=True,
        vocabulary=sorted(sign for sign, count in often.items() if count >= OFTEN),
    )
    rarity = TfidfTransformer()
    # Sentences of sound replies are shown, too: being short is no sign of trouble.
    sound = [*given, *sentences_of(given, troubled=False)]
    counted = counter.transform(sound)
    rarity.fit(counted)
    speaking = diags((np.asarray(counted.sum(axis=0))[0] <= lesson.common * len(sound)).astype(float))

    def shown(samples: Sequence[Sample]) -> Shown:
        signs = rarity.transform(counter.transform(samples)) @ speaking
        return Shown(samples, hstack([signs, _acts(lesson, samples)], "csr"))

    # Where each row is one sentence there are no parts.
    whole, parts = shown(sound), list(sentences_of(given, troubled=True))
    telling = shown(parts) if parts else None
    alone = whole.first(), telling and telling.first()
    models = [
        _told_apart(*(alone if (language, kind) in lesson.short else (whole, telling)), category)
        for kind, category in lesson.kinds.items()
    ]
    biases = tuple(round(1000 * model.intercept_[0]) for model in models)
    signs, acts = np.split(np.array([model.coef_[0] for model in models]), [len(rarity.idf_)], axis=1)
    columns = np.vstack([rarity.idf_**2, signs * rarity.idf_]).T
    rows = _thousandths(counter.get_feature_names_out(), columns)
    head = (language, lesson.fact, lesson.faintest, lesson.whole, LONGEST, tuple(lesson.kinds), biases)
    return Weights(*head, rows, _thousandths(lesson.acts, ACT * acts.T), lesson.groups(language))


def _acts(lesson: Lesson, given: Sequence[Sample]) -> Any:
    """A row for each text, a column for each of the acts that count."""
    there = [names_of(one.facts) for one in given]
    rows = [[0.0 if names.isdisjoint(act.split()) else ACT for act in lesson.acts] for names in there]
    return csr_matrix(rows if lesson.acts else np.empty((len(given), 0)))


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

    def first(self) -> Shown:
        """Without those that were shown before."""
        return self.only([index for index, one in enumerate(self.samples) if not one.again])


def _told_apart(whole: Shown, parts: Shown | None, category: str) -> LogisticRegression:
    """What tells replies of a category from all others, as a whole and by the sentence that is the most telling.

    Which sentence that is, nobody has marked: it is found by what whole replies have taught (multiple instances:
    Andrews, Tsochantaridis and Hofmann 2002).
    """
    model = _fitted(whole, category)
    return _fitted(whole + _most_telling(model, parts, category), category) if parts is not None else model


def _most_telling(model: LogisticRegression, parts: Shown, category: str) -> Shown:
    """The sentence of each reply of a category that says most of it."""
    scores = model.decision_function(parts.signs)
    best: dict[int, int] = {}
    for index, one in enumerate(parts.samples):
        known = best.get(id(one.text), index)
        if category in one.labels:
            best[id(one.text)] = max(known, index, key=scores.__getitem__)
    return parts.only(list(best.values()))


def _fitted(shown: Shown, category: str) -> LogisticRegression:
    """What tells samples of a category from all others; those that may be either teach nothing."""
    clear = shown.only([i for i, one in enumerate(shown.samples) if category not in one.unclear - one.labels])
    there = [category in one.labels for one in clear.samples]
    counts = [EVERYDAY if one.everyday else 1 for one in clear.samples]
    model = LogisticRegression(C=STRICT, class_weight="balanced", solver="liblinear", max_iter=1000)
    return model.fit(clear.signs, there, sample_weight=counts)


def held_out(lesson: Lesson, language: str, given: Sequence[Sample]) -> list[tuple[float, ...]]:
    """The odds of each text by weights that were learnt without it, and without what was written next to it."""
    folds = list(_folds(given))
    found: list[tuple[float, ...]] = [()] * len(given)
    for fold in range(FOLDS):
        weights = learn(lesson, language, [one for one, own in zip(given, folds, strict=True) if own != fold])
        for index in (index for index, own in enumerate(folds) if own == fold):
            found[index] = odds(given[index].text, given[index].review, weights, given[index].facts)
    return found


def _folds(given: Iterable[Sample]) -> Iterator[int]:
    """In which part each is held out: everyday ones by turns, all others in runs, a sample with what repeats it."""
    first = -1
    for index, one in enumerate(given):
        first += not one.again
        yield (index if one.everyday else first // RUN) % FOLDS


def calibrated(
    lesson: Lesson, weights: Weights, given: Sequence[Sample], found: Sequence[tuple[float, ...]]
) -> Weights:
    """The weights with odds moved, so that each kind is found in no more of the sound texts held out than it may be."""
    moved = []
    for index, (bias, (kind, category)) in enumerate(zip(weights.biases, lesson.kinds.items(), strict=True)):
        close, daily = ([odds[index] for odds in part if odds] for part in _sound(given, found, category))
        share = lesson.but.get((weights.language, kind), lesson.wrongly)
        moved.append(bias + round(1000 * (_odds_of(BLOCKS) - _topped_by_few([*close, *daily], share))))
    return replace(weights, biases=tuple(moved))


def _sound(
    given: Sequence[Sample], found: Sequence[tuple[float, ...]], category: str
) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """What was found in the near misses of a category, and in everyday replies."""
    sound = [
        (one, odds) for one, odds in zip(given, found, strict=True) if not one.labels and category not in one.unclear
    ]
    return [odds for one, odds in sound if not one.everyday], [odds for one, odds in sound if one.everyday]


def _topped_by_few(odds: Sequence[float], share: float) -> float:
    return sorted(odds)[-1 - int(share * len(odds))]


def _odds_of(percents: float) -> float:
    """The inverse of `percent`, at the least odds that it rounds to so much."""
    return log((percents - 0.5) / (100.5 - percents))


def written(lesson: Lesson, weights: Weights) -> str:
    """The text of a file of weights: a sign a line, so that a change shows."""
    head = {
        "made_by": "corpora/weigh.py, from the cases in corpora/; not to be changed by hand",
        "learnt_from": learnt_from(lesson, weights.language),
        "language": weights.language,
        "fact": weights.fact,
        "faintest": weights.faintest,
        "whole": weights.whole,
        "longest": weights.longest,
        "kinds": list(weights.kinds),
        "biases": list(weights.biases),
        "acts": {names: list(row) for names, row in weights.acts.items()},
        **({"groups": dict(weights.groups)} if weights.groups else {}),
    }
    lines = [f"{_plain(name)}: {_plain(value)}," for name, value in head.items()]
    signs = [f"{_plain(sign)}: {_plain(list(row))}" for sign, row in sorted(weights.signs.items())]
    return "{\n" + "\n".join(lines) + '\n"signs": {\n' + ",\n".join(signs) + "\n}}\n"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def told(
    lesson: Lesson, weights: Weights, raw: Weights, given: Sequence[Sample], found: Sequence[tuple[float, ...]]
) -> Iterator[str]:
    """How many texts of each kind were found while they were held out, and how many others wrongly."""
    for index, (kind, category) in enumerate(lesson.kinds.items()):
        least = _odds_of(BLOCKS) - (weights.biases[index] - raw.biases[index]) / 1000
        there = [odds for odds, one in zip(found, given, strict=True) if category in one.labels]
        right, close, daily = (
            f"{sum(bool(odds) and odds[index] >= least for odds in part):4} of {len(part):4}"
            for part in (there, *_sound(given, found, category))
        )
        yield f"{weights.language} {kind:18} {right} found; wrongly {close} near misses, {daily} everyday ones"


def main() -> None:
    """Write the weights of every lesson and language, or only compare what they were learnt from."""
    both = [(lesson, language) for lesson in LESSONS for language in LANGUAGES]
    if "--check" in sys.argv:
        stale = [_file(*each).name for each in both if learnt_from(*each) not in _file(*each).read_text("utf-8")]
        sys.exit(f"learnt from other rows than are there: {', '.join(stale)}; run `make weights`" if stale else 0)
    for lesson, language in both:
        given = lesson.samples(language)
        found, raw = held_out(lesson, language, given), learn(lesson, language, given)
        weights = calibrated(lesson, raw, given, found)
        _file(lesson, language).write_text(written(lesson, weights), encoding="utf-8")
        print("\n".join(told(lesson, weights, raw, given, found)))


def _file(lesson: Lesson, language: str) -> Path:
    return LEXICON / f"{language}{lesson.name}.weights"


if __name__ == "__main__":
    main()
