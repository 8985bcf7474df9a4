"""Reading a text, and its spaCy `Doc` for those who bring their own spaCy components.

The only module that imports spaCy, and only when a `Doc` is asked for: the import alone costs half a second, and a
check without own components needs none of it.
"""

from __future__ import annotations

from replylint.text.characters import classes
from replylint.text.fold import fold
from replylint.text.model import Text
from replylint.text.segment import language, sentences_and_clauses, units, words


def read(original: str) -> Text:
    """Fold a text and find its sentences, clauses, words and languages."""
    folded, origin, suspicions = fold(original)
    marks = folded.translate(classes())
    sentences, clauses = sentences_and_clauses(folded)
    return Text(
        original=original,
        folded=folded,
        origin=origin,
        sentences=sentences,
        clauses=clauses,
        tokens=words(folded),
        units=units(marks),
        languages=tuple(language(marks, s) for s in sentences),
        suspicions=suspicions,
    )
