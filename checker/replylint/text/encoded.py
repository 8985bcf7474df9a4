"""Words written in an encoding instead of letters: HTML entities, URL encoding, Base64."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote_to_bytes

from replylint.source.spans import Span
from replylint.text.characters import fold_character, is_cjk
from replylint.text.edits import Edit, Traced, apply
from replylint.text.model import Disguise, Suspicion

_ENTITY = re.compile(r"&(?:amp;|#38;|#x26;)*(?:#[0-9]{1,8}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});")
_NESTED = re.compile(r"&(?:amp;|#38;|#x26;)+")
_URL_ENCODED = re.compile(r"(?:https?://|www\.)\S+|((?:%[0-9a-f]{2}){3,})")
# Inside a word even a plain letter or blank may be encoded: full%20refund. A figure before it makes it a percentage.
_URL_ENCODED_INSIDE = re.compile(r"(?<=[a-z])(?:%(?:20|2[d-f]|[46][1-9a-f]|[57][0-9a]))+(?=[a-z])")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,}={0,2}")
_ROUNDS = 8  # encodings inside encodings; each round undoes one level


def even_encoded(traced: Traced, suspicions: list[Suspicion]) -> Traced:
    """Replace entities and URL-encoded words by the characters they stand for.

    An entity for punctuation is an ordinary leftover of HTML; one for a letter is suspicious.
    """
    for _ in range(_ROUNDS):
        edits = [*_entities(traced.text), *_url_encoded(traced.text)]
        if not edits:
            break
        edits.sort()
        for edit in edits:
            if edit.text.isalnum():
                kind: Disguise = "entity" if traced.text[edit.start] == "&" else "encoded"
                suspicions.append(Suspicion(kind, traced.original(edit.start, edit.end)))
        traced = apply(traced, edits)
    return traced


def _entities(text: str) -> Iterator[Edit]:
    for match in _ENTITY.finditer(text):
        entity = _NESTED.sub("&", match[0])
        # What is nested may be nothing but ampersands: `&amp;amp;` leaves one, and no entity.
        plain = unescape(entity if ";" in entity else "&amp;")
        if plain != match[0]:
            yield Edit(match.start(), match.end(), _folded(plain))


def _url_encoded(text: str) -> Iterator[Edit]:
    for match in _URL_ENCODED.finditer(text) if "%" in text else ():
        plain = _utf8(unquote_to_bytes(match[1] or ""))
        if plain and not plain.isascii():
            yield Edit(match.start(), match.end(), _folded(plain))
    for match in _URL_ENCODED_INSIDE.finditer(text) if "%" in text and "://" not in text else ():
        yield Edit(match.start(), match.end(), _folded(_utf8(unquote_to_bytes(match[0]))))


def _folded(plain: str) -> str:
    return "".join(map(fold_character, plain))


def base64_words(original: str) -> Iterator[Suspicion]:
    """The Base64 words in a text as written that hide readable words."""
    for match in _BASE64.finditer(original):
        word = match[0].rstrip("=")
        try:
            plain = _utf8(base64.b64decode(word + "=" * (-len(word) % 4), validate=True))
        except binascii.Error:
            continue
        if plain and plain.isprintable() and (any(map(is_cjk, plain)) or plain.replace(" ", "").isalpha()):
            yield Suspicion("encoded", Span(*match.span()))


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
