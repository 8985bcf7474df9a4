"""What a reply says that not any business would say to any customer.

Replies that fit every review are made of few words, which can be counted; what happened to a customer may be told in
any words. A sentence with enough words that no such reply has speaks of something in particular, whatever it is, unless
it is only flowery: an issue has to be named, or a word be there that customers use when they tell what happened. Nor
may the sentence go as those of such replies do, unless it names an issue that not any house is reviewed for.
"""

from __future__ import annotations

from collections.abc import Iterator

from replylint.facts.compare import OF_ANY_HOUSE, TOPICS, telling_words
from replylint.facts.listen import Heard, words_in
from replylint.facts.rarity import Rarity
from replylint.facts.shared import names
from replylint.facts.stems import is_chinese, stem
from replylint.facts.templates import Templates
from replylint.source.spans import Span

ENOUGH = 2
"""How many such words a sentence must hold."""
_SHORT, _SHORT_CHINESE = 3, 2
# Whom it is told and where to turn, who denies, asks and boasts: what stands in these clauses is no answer.
_DESK = frozenset({"contact", "relay", "investigate", "guarantee"})
_ASIDE = frozenset(
    {"invite", "contact_info", "denial", "blame", "threat", "hostile", "request_review", "incentive", "claim"}
)


def particulars(
    reply: Heard, generic: frozenset[str], rarity: Rarity, templates: Templates
) -> Iterator[tuple[Span, ...]]:
    """For each sentence that says something in particular, the words that do, in order of place.

    generic: folded words, and their stems, that any reply may hold. rarity: knows the words of canned replies,
    templates: how their sentences go.
    """
    begins = _aside(reply)
    named = names(reply)
    found: dict[int, dict[str, Span]] = {}
    for token, word in telling_words(reply, generic):
        clause = reply.layout.clause_of(token.start)
        if (
            token.start >= begins.get(clause, token.end)
            or token in named
            or not _says(word)
            or not rarity.particular(word)
        ):
            continue
        if not _is_name(reply, token):
            found.setdefault(reply.layout.sentence_of(token.start), {}).setdefault(stem(word), token)
    for sentence, words in found.items():
        if len(words) >= ENOUGH and _tells(reply, sentence, rarity, templates):
            yield tuple(words.values())


def _tells(reply: Heard, sentence: int, rarity: Rarity, templates: Templates) -> bool:
    issues = {said.name.kind for said in reply.said if said.sentence == sentence and said.name.type in TOPICS}
    if issues - OF_ANY_HOUSE:
        return True
    if templates.fits_any(reply.text, sentence):
        return False
    folded = reply.text.folded
    words = words_in(reply, reply.text.sentences[sentence])
    return bool(issues) or any(rarity.told(folded[token.start : token.end]) for token in words if token.length)


def _says(word: str) -> bool:
    if is_chinese(word):
        return len(word) >= _SHORT_CHINESE
    return word.isascii() and word.isalpha() and len(word) >= _SHORT


def _is_name(reply: Heard, token: Span) -> bool:
    """Whether a Latin word has a capital letter without beginning a clause: whoever signs, the app, the brand."""
    first = reply.text.original_span(token).start
    begins = reply.text.clauses[reply.layout.clause_of(token.start)].start
    return reply.text.original[first : first + 1].isupper() and token.start > begins


def _aside(reply: Heard) -> dict[int, int]:
    """From where on in a clause words do not count: all of it, or what is to be better, as any business promises."""
    begins: dict[int, int] = {}
    for said in reply.said:
        promised = said.name.kind if said.name.type == "promise" else None
        if said.name.type in _ASIDE or promised in _DESK:
            begins[said.clause] = 0
        elif promised == "improve":
            begins[said.clause] = min(said.mention.start, begins.get(said.clause, said.mention.start))
    return begins
