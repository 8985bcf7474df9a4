"""Whether a customer can read the reply: whether it is in the language of the review."""

from __future__ import annotations

from replylint.case.model import Case
from replylint.source.bilingual import weights

# A Chinese character counts as three letters. Of a shorter review, such as "Nice!" or 「讚」, the language says little.
_ENOUGH = 12
_MOSTLY = 0.8
_IN_PART = 0.15
"""Less of a reply than this is a name of a dish or of a place."""


def same_language(case: Case) -> bool | None:
    """Whether part of the reply, at least, is in the language of the review, be it Chinese or English.

    The review's words tell its language; without them what the draft states, which in exports is that of the reviewer's
    telephone. None where neither tells, and where the reply has too few words.
    """
    language = _of_words(case.review.text) if case.review else _stated(case)
    chinese, letters = weights(case.reply.text)
    if language is None or chinese + letters < _ENOUGH:
        return None
    return (chinese if language == "zh" else letters) >= _IN_PART * (chinese + letters)


def _stated(case: Case) -> str | None:
    field = case.fields.get("language")
    language = str(field.value).partition("-")[0] if field else None
    return language if language in ("zh", "en") else None


def _of_words(review: str) -> str | None:
    """Chinese or English; None for reviews in both, in neither, and with too few words."""
    chinese, letters = weights(review)
    if chinese + letters < _ENOUGH or max(chinese, letters) < _MOSTLY * (chinese + letters):
        return None
    return "zh" if chinese > letters else "en"
