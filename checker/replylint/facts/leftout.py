"""Which issues of a review a reply takes up, and which it leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

from replylint.facts.compare import telling_words
from replylint.facts.listen import Heard, words_in
from replylint.facts.said import Said
from replylint.facts.stems import is_chinese, stem

_PRAISE = "praise"


def issues_of(said: Iterable[Said]) -> tuple[str, ...]:
    """The kinds of issue spoken of, each once, in order of place."""
    return tuple(dict.fromkeys(s.name.kind for s in said if s.name.type == "issue" and s.name.kind))


def left_out(reply: Heard, review: Heard, clauses: Collection[int], generic: frozenset[str]) -> tuple[str, ...]:
    """The kinds of complaint in the review that the reply takes up nowhere, in order of place.

    It takes one up where it names it, or where it has a word of the clause that in the review speaks of nothing else.
    clauses: those of the reply that take something up. generic: folded words, and their stems, that do not count.
    """
    complaints = [said for said in review.said if said.name.type == "issue" and said.name.kind != _PRAISE]
    if not clauses or not complaints:
        return issues_of(complaints)
    named = set(issues_of(reply.said))
    words = {word for token, word in telling_words(reply, generic) if reply.layout.clause_of(token.start) in clauses}
    for clause, alike in groupby(complaints, key=lambda said: said.clause):
        there = list(alike)
        if all(said.mention.span.overlaps(there[0].mention.span) for said in there) and _shares(review, clause, words):
            named.update(issues_of(there))
    return tuple(kind for kind in issues_of(complaints) if kind not in named)


def _shares(review: Heard, clause: int, words: Collection[str]) -> bool:
    """Whether a clause of the review has one of these folded words: a Chinese one however it was cut there."""
    span, folded = review.text.clauses[clause], review.text.folded
    stems = {stem(folded[token.start : token.end]) for token in words_in(review, span)}
    there = folded[span.start : span.end]
    return any(len(word) > 1 and word in there if is_chinese(word) else stem(word) in stems for word in words)
