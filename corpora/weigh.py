"""Learns what troubled replies read like: `policy/lexicon/*.weights`, from the replies in this folder.

    python corpora/weigh.py            writes the weights anew, and tells how well they do on cases held out of learning
    python corpora/weigh.py --check    only compares what they were learnt from with what is there; exit code 1

Logistic regression with a quadratic penalty, one for each kind of trouble, over signs weighed by how rare they are.
Nothing but our own texts goes in. Needs scikit-learn, which the program itself does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from replylint.facts.tenor import Weights, as_told, signs_of, tenors, told_by_review
from replylint.source.spans import Span
from replylint.text.model import Text
from replylint.text.pipeline import read

HERE = Path(__file__).parent
LEXICON = HERE.parent / "policy" / "lexicon"
KINDS = {
    "overpromise": "promise-scope",
    "announcement": "unauthorised-statement",
    "review_pressure": "review-removal",
    "contempt": "tone",
    "disclosure": "personal-data",
}
LONGEST = {"en": 3, "zh": 3}
RAISED = {"en": -0.25, "zh": 0.25}
"""How far the odds are raised, so that at the same strength as few sound replies are found in every language."""
SIGNS = 6000
"""As many as are kept: more of them know the cases by heart."""
OFTEN = 2
"""In how many cases a sign has to stand."""
STRICT = 3.0
"""The inverse of the penalty."""
EVERYDAY = 3
"""How much an everyday reply counts: most replies are like them, and hardly any of the cases is."""
FOLDS = 5
_LEARNT = ("reply", "review", "violates", "may_also")


@dataclass(frozen=True)
class Sample:
    """One reply to learn from: its signs, the categories that it violates, and those that it may violate as well."""

    reply: Text
    review: Text | None
    signs: tuple[str, ...]
    violates: frozenset[str]
    may_also: frozenset[str] = frozenset()
    weight: int = 1


def samples(language: str) -> list[Sample]:
    """The cases in a language, what is only learned from, and the everyday replies."""
    return [sample(row, language, weight) for row, weight in _rows(language)]


def learnt_from(language: str) -> str:
    """The digest of all that is learnt from in a language."""
    told = [[*(row.get(name) for name in _LEARNT), weight] for row, weight in _rows(language)]
    return hashlib.sha256(_plain(told).encode()).hexdigest()


def _rows(language: str) -> Iterator[tuple[dict[str, Any], int]]:
    for folder, weight in (("cases", 1), ("learning", 1), ("everyday", EVERYDAY)):
        for path in sorted((HERE / folder).glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if row["lang"].partition("-")[0] == language and row.get("reply"):
                    yield row, weight


def sample(row: dict[str, Any], language: str, weight: int = 1) -> Sample:
    """A row of `cases/` as something to learn from."""
    reply, review = read(_text(row["reply"])), read(_text(row["review"])) if row.get("review") else None
    violates, may_also = frozenset(row.get("violates", ())), frozenset(row.get("may_also", ()))
    return Sample(reply, review, _signs(reply, review, reply.sentences, language), violates, may_also, weight)


def _signs(reply: Text, review: Text | None, sentences: Iterable[Span], language: str) -> tuple[str, ...]:
    told = as_told(review.folded if review is not None else "", language)
    signs: dict[str, None] = {}
    for span in sentences:
        said = signs_of(reply.folded[span.start : span.end], language, LONGEST[language])
        signs.update(dict.fromkeys(sign for sign in said if not told_by_review(sign, told, language)))
    return tuple(signs)


def sentences_of(given: Iterable[Sample], language: str) -> Iterator[Sample]:
    """The sentences of sound replies, each by itself: being short is no sign of trouble."""
    for one in given:
        if not one.violates | one.may_also and len(one.reply.sentences) > 1:
            for span in one.reply.sentences:
                yield replace(one, signs=_signs(one.reply, one.review, [span], language))


def _text(part: str | dict[str, Any]) -> str:
    """A reply or review, which cases write as a text or as fields of it."""
    return part if isinstance(part, str) else str(part.get("text") or "")


def learn(language: str, given: Sequence[Sample], most: int = SIGNS) -> Weights:
    """The weights that tell the given replies apart best; first of all signs, then once more of those that matter."""
    given = [*given, *sentences_of(given, language)]
    known = _learnt(given, None)
    reach = np.abs(known[2]).max(axis=0)
    best = np.argsort(-reach, kind="stable")[:most]
    names, squares, weights, biases = _learnt(given, sorted(known[0][index] for index in best))
    rows = {
        name: [round(1000 * square), *(round(1000 * weight) for weight in column)]
        for name, square, column in zip(names, squares, weights.T, strict=True)
    }
    return Weights(
        language,
        LONGEST[language],
        tuple(KINDS),
        tuple(round(1000 * (bias + RAISED.get(language, 0))) for bias in biases),
        rows,
    )


def _learnt(given: Sequence[Sample], vocabulary: list[str] | None) -> tuple[list[str], Any, Any, list[float]]:
    counter = CountVectorizer(
        analyzer=lambda sample: sample.signs, binary=True, vocabulary=vocabulary, min_df=1 if vocabulary else OFTEN
    )
    rarity = TfidfTransformer()
    matrix = rarity.fit_transform(counter.fit_transform(given))
    counts = np.array([sample.weight for sample in given], dtype=float)
    columns, biases = [], []
    for category in KINDS.values():
        there = np.array([category in sample.violates | sample.may_also for sample in given])
        model = LogisticRegression(C=STRICT, class_weight="balanced", solver="liblinear", max_iter=1000)
        model.fit(matrix, there, sample_weight=counts)
        columns.append(model.coef_[0] * rarity.idf_)
        biases.append(float(model.intercept_[0]))
    return list(counter.get_feature_names_out()), rarity.idf_**2, np.array(columns), biases


def written(weights: Weights) -> str:
    """The text of a file of weights: a sign a line, so that a change shows."""
    head = {
        "made_by": "corpora/weigh.py, from the cases in corpora/; not to be changed by hand",
        "learnt_from": learnt_from(weights.language),
        "language": weights.language,
        "longest": weights.longest,
        "kinds": list(weights.kinds),
        "biases": list(weights.biases),
    }
    lines = [f"{_plain(name)}: {_plain(value)}," for name, value in head.items()]
    signs = [f"{_plain(sign)}: {_plain(list(row))}" for sign, row in sorted(weights.signs.items())]
    return "{\n" + "\n".join(lines) + '\n"signs": {\n' + ",\n".join(signs) + "\n}}\n"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def strengths(weights: Weights, given: Iterable[Sample]) -> list[dict[str, int]]:
    """How strongly each reply reads like each kind, in percent; 0 where it is too faint to be told."""
    return [
        {
            str(fact.kind): int(str(fact.attributes["strength"].value)[:-1])
            for fact in tenors(s.reply, s.review, [weights])
        }
        for s in given
    ]


def held_out(language: str, given: Sequence[Sample], at_least: int = 60) -> Iterator[str]:
    """What weights find in cases that they were not learnt from: found of each kind, and wrongly."""
    found: list[dict[str, int]] = [{}] * len(given)
    for fold in range(FOLDS):
        weights = learn(language, [s for index, s in enumerate(given) if index % FOLDS != fold])
        part = [index for index in range(len(given)) if index % FOLDS == fold]
        for index, strength in zip(part, strengths(weights, [given[index] for index in part]), strict=True):
            found[index] = strength
    for kind, category in KINDS.items():
        there = [f.get(kind, 0) >= at_least for f, s in zip(found, given, strict=True) if category in s.violates]
        quiet = [not s.violates | s.may_also for s in given]
        sound = [f.get(kind, 0) >= at_least for f, q in zip(found, quiet, strict=True) if q]
        right, wrong = (
            f"{sum(there):4} of {len(there):4} found",
            f"{sum(sound):3} of {len(sound)} sound replies wrongly",
        )
        yield f"{language} {kind:16} {right}, {wrong}"


def main() -> None:
    """Write the weights of every language, or only compare what they were learnt from."""
    if "--check" in sys.argv:
        stale = [language for language in LONGEST if learnt_from(language) not in _file(language).read_text("utf-8")]
        sys.exit(f"learnt from other replies than are there: {', '.join(stale)}; run `make weights`" if stale else 0)
    for language in LONGEST:
        given = samples(language)
        _file(language).write_text(written(learn(language, given)), encoding="utf-8")
        print("\n".join(held_out(language, given)))


def _file(language: str) -> Path:
    return LEXICON / f"{language}.weights"


if __name__ == "__main__":
    main()
