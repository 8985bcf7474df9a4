"""Passages in a language that is not read here: what they say cannot be told, so they must not pass in silence.

Chinese and English are read. Of other scripts a clause is enough, whatever stands around it; of languages in Latin
letters a sentence, or what of it stands between Chinese characters, few of whose words are among those that our own
English texts have. Names say nothing about the language, so capitalised words count for neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from replylint.facts.model import Fact
from replylint.facts.schema import OTHER_LANGUAGE
from replylint.source.spans import Span
from replylint.text.characters import CJK
from replylint.text.model import Text

_BETWEEN_BLANKS = re.compile(r"\S+")
_ADDRESS = re.compile(r"@|://|www\.|(?<=[a-z0-9])\.[a-z]")
_WORD = re.compile(rf"[^\W\d_{CJK}]{{2,}}(?:'[^\W\d_{CJK}]+)?")
_ASCII_WORD = re.compile(r"[a-z]{2,}(?:'[a-z]+)?")
"""The same, where a text has no other letters."""
_LATIN = "A-Za-zÀ-ɏḀ-ỿ"
_BOPOMOFO = "ㄅ-ㄯㆠ-ㆿ"
_ELSEWHERE = re.compile(rf"[^\W\d_{_LATIN}{CJK}{_BOPOMOFO}]")
_CHINESE = re.compile(f"[{CJK}]")
_BETWEEN_CHINESE = re.compile(f"[^{CJK}]+")

_FEWEST_LETTERS = 4
"""Fewer letters of another script are a name or an ornament, such as the の of shop signs."""
_FEWEST_WORDS = 3
_ENOUGH_KNOWN = 0.4
"""Of real English sentences of four words and more, six in a thousand have fewer words known, most of them names."""


def passages(text: Text, known: Callable[[str], bool]) -> Iterator[Fact]:
    """What of a text is in another language, in order. known: whether a folded word is known to be English."""
    found = sorted({*_scripts(text), *_sentences(text, known)})
    last = -1
    for span in found:
        if span.start >= last:
            last = span.end
            original = text.original_span(span)
            yield Fact(OTHER_LANGUAGE, None, original, text.original[original.start : original.end])


def _scripts(text: Text) -> Iterator[Span]:
    """The clauses that are mostly in another script."""
    if text.folded.isascii():
        return
    for clause in text.clauses:
        said = text.folded[clause.start : clause.end]
        letters = len(_ELSEWHERE.findall(said))
        if letters >= _FEWEST_LETTERS and letters * 2 >= len(_CHINESE.findall(said)):
            yield clause


def _sentences(text: Text, known: Callable[[str], bool]) -> Iterator[Span]:
    """The sentences, or parts of Chinese ones, in another language of Latin letters."""
    for sentence in text.sentences:
        if _is_plainly_ours(text.folded[sentence.start : sentence.end], known):
            continue
        for part in _BETWEEN_CHINESE.finditer(text.folded, *sentence):
            words = list(_words(Span(*part.span()), text.folded))
            if _is_foreign(words, sentence, text, known):
                yield sentence if part.span() == sentence else Span(words[0].start, words[-1].end)


def _is_plainly_ours(said: str, known: Callable[[str], bool]) -> bool:
    """Whether a sentence is told to be no foreign one at a glance, as nearly all are."""
    words = (_ASCII_WORD if said.isascii() else _WORD).findall(said)
    if len(words) < _FEWEST_WORDS:
        return True
    # Of parts, and without the words of addresses, fewer may be known.
    whole = (said.isascii() or not _CHINESE.search(said)) and not _ADDRESS.search(said)
    return whole and sum(map(known, words)) >= _ENOUGH_KNOWN * len(words)


def _is_foreign(words: Sequence[Span], sentence: Span, text: Text, known: Callable[[str], bool]) -> bool:
    """Whether few of some words in Latin letters are known."""
    if len(words) < _FEWEST_WORDS:
        return False
    ours = [known(text.folded[word.start : word.end]) for word in words]
    if sum(ours) >= _ENOUGH_KNOWN * len(words):
        return False
    whole = Span(words[0].start, words[-1].end)
    shouted = whole.start == sentence.start and text.original[slice(*text.original_span(whole))].isupper()
    others = sum(
        shouted or word.start == sentence.start or _is_small(word, text)
        for word, own in zip(words, ours, strict=True)
        if not own
    )
    return others >= _FEWEST_WORDS and sum(ours) < _ENOUGH_KNOWN * (sum(ours) + others)


def _words(part: Span, folded: str) -> Iterator[Span]:
    """The words of a part without Chinese, but for addresses."""
    for run in _BETWEEN_BLANKS.finditer(folded, *part):
        if not _ADDRESS.search(run[0]):
            yield from (Span(*word.span()) for word in _WORD.finditer(folded, *run.span()))


def _is_small(word: Span, text: Text) -> bool:
    """Whether a word begins with a small letter as it was written."""
    return text.original[text.original_span(word).start].islower()
