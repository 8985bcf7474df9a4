"""The resolved lexicon, kept between runs.

Thousands of wordings take a second to parse. What was resolved is kept as JSON under the digest of everything it was
made from, with a digest of its own: a cache that is stale, cut short or altered is not used, and a folder that cannot
be written to only costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from replylint.facts.wordings import (
    Choice,
    Element,
    Expression,
    FactName,
    Gap,
    Lexicon,
    Pattern,
    PhraseRef,
    Slot,
    Wording,
    Words,
)  # fmt: skip
from replylint.source.resources import grammar_text
from replylint.source.spans import Location, Source, Span
from replylint.source.version import VERSION

_KINDS: dict[str, Any] = {"s": Slot, "g": Gap, "p": PhraseRef, "e": Expression}
_DIGEST = 64


def cache_folder() -> Path | None:
    """Where caches are kept: `REPLYLINT_CACHE`, else the user's cache folder; None when there is no home."""
    stated = os.environ.get("REPLYLINT_CACHE")
    if stated:
        return Path(stated)
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(base) / "replylint" if base else Path.home() / ".cache" / "replylint"
    except RuntimeError:
        return None


def key_of(texts: Iterable[str]) -> str:
    """The digest of everything a lexicon depends on: its texts, the names they use, and the tool's version."""
    digest = hashlib.sha256(f"{VERSION} {sys.version_info[:2]}".encode())
    for text in (grammar_text("names.yml"), grammar_text("rules.lark"), *texts):
        digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()


def recall(key: str, sources: Sequence[Source]) -> Lexicon | None:
    """The lexicon kept under a key, its wordings placed in the given sources; None when there is none to be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        kept = (folder / f"lexicon-{key}.json").read_bytes()
    except OSError:
        return None
    digest, body = kept[:_DIGEST], kept[_DIGEST:]
    if hashlib.sha256(body).hexdigest().encode() != digest:
        return None
    try:
        return _lexicon(json.loads(body), sources)
    except (ValueError, TypeError, LookupError):
        return None  # whole, but not written by this version


def keep(key: str, lexicon: Lexicon, sources: Sequence[Source]) -> None:
    """Keep a lexicon for the next run; whole or not at all."""
    folder = cache_folder()
    if folder is None:
        return
    body = json.dumps(_plain(lexicon, sources), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".lexicon-")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + body)
        Path(name).replace(folder / f"lexicon-{key}.json")
    except OSError:
        return  # a read-only or full disk: the next run will be slower, and is told nothing new by it


def _plain(lexicon: Lexicon, sources: Sequence[Source]) -> dict[str, Any]:
    number = {id(source): index for index, source in enumerate(sources)}
    return {
        "phrases": {name: [_items(p) for p in patterns] for name, patterns in lexicon.phrases.items()},
        "wordings": [
            [w.fact.type, w.fact.kind, _items(w.pattern), number[id(w.origin.source)], w.origin.span.start,
             w.origin.span.end, int(w.excludes)]
            for w in lexicon.wordings
        ],
    }  # fmt: skip


def _items(pattern: Pattern) -> list[Any]:
    return [_item(element) for element in pattern]


def _item(element: Element) -> Any:
    match element:
        case Words(text):
            return text
        case Choice(options):
            return ["c", [_items(option) for option in options]]
        case Slot(value) | Gap(value) | PhraseRef(value) | Expression(value):
            kind = next(k for k, cls in _KINDS.items() if isinstance(element, cls))
            return [kind, value]


def _lexicon(kept: dict[str, Any], sources: Sequence[Source]) -> Lexicon:
    names: dict[tuple[str, str | None], FactName] = {}
    wordings = [
        Wording(
            names.setdefault((fact, kind), FactName(fact, kind)), _pattern(items),
            Location(sources[source], Span(start, end)), bool(excludes),
        )
        for fact, kind, items, source, start, end, excludes in kept["wordings"]
    ]  # fmt: skip
    phrases = {name: tuple(_pattern(p) for p in patterns) for name, patterns in kept["phrases"].items()}
    return Lexicon(tuple(wordings), phrases)


def _pattern(items: list[Any]) -> Pattern:
    return tuple(_element(item) for item in items)


def _element(item: Any) -> Element:
    if isinstance(item, str):
        return Words(item)
    kind, value = item
    if kind == "c":
        return Choice(tuple(_pattern(option) for option in value))
    element: Element = _KINDS[kind](value)
    return element
