"""Policies without mistakes, kept between runs: names and types need not be looked into again.

What was made of a policy is kept under the digest of every text of it, its contract among them, and of the modules
that made it; the compiled lexicon by itself, because it depends on less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from replylint.facts.matcher import Matcher
from replylint.language.resolved import from_plain, to_plain
from replylint.language.rules import Rule
from replylint.source.cache import keep, key_of, read_back, recall, recall_text
from replylint.source.resources import grammar_text
from replylint.source.spans import Source

Compile = Callable[[], Matcher]
_TABLES = ("names.yml", "rules.lark")
_MORE_TABLES = ("actions.yml", "slips.yml", "values.yml")


class Sources(NamedTuple):
    """The texts of a policy besides its contract, each sort in the order of its files' names."""

    rules: tuple[Source, ...]
    lexicon: tuple[Source, ...]
    weights: tuple[Source, ...]
    counts: tuple[Source, ...]
    vectors: tuple[Source, ...]

    @property
    def of_wordings(self) -> tuple[Source, ...]:
        """The texts that wordings stand in."""
        return *self.lexicon, *self.rules

    @property
    def of_readings(self) -> tuple[Source, ...]:
        """The texts besides rules that decide what is read in a reply."""
        return *self.lexicon, *self.weights, *self.counts, *self.vectors


@dataclass(frozen=True)
class Sound:
    """What is made of a policy's texts.

    rules: resolved. readings: what rule files add to the lexicon, with its places. compiled: gives the compiled
    lexicon.
    """

    rules: tuple[Rule, ...]
    readings: tuple[str, ...]
    compiled: Compile


def recall_sound(contract: Source, sources: Sources) -> Sound | None:
    """What is kept of a policy; None when it is not known to be sound."""

    def read(plain: Any) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
        rules, readings = plain
        return from_plain(rules, (contract, *sources.rules)), tuple(readings)

    kept = recall("policy", _key(contract, sources), read)
    if kept is None:
        return None
    rules, readings = kept
    return Sound(rules, readings, partial(_compiled, sources, readings))


def keep_sound(sound: Sound, contract: Source, sources: Sources) -> None:
    """Keep what was made of a policy in which there are no mistakes."""
    plain = [to_plain(sound.rules, (contract, *sources.rules)), list(sound.readings)]
    keep("policy", _key(contract, sources), plain)


def kept_lexicon(sources: Sources, readings: Sequence[str]) -> Callable[[], Matcher | None] | None:
    """What reads the kept lexicon back when a text has to be read; None when none is kept."""
    kept = recall_text("lexicon", lexicon_key(sources, readings))
    return None if kept is None else partial(_read_lexicon, kept, sources)


def lexicon_key(sources: Sources, readings: Iterable[str]) -> str:
    """The digest of everything that a compiled lexicon depends on."""
    texts = (f"{source.path}\n{source.text}" for source in sources.lexicon)
    return key_of((*tables(), *texts, *readings), ("language", "facts", "text", "source"))


def tables() -> tuple[str, ...]:
    """What the parser is made of besides its modules."""
    return tuple(map(grammar_text, _TABLES))


def _key(contract: Source, sources: Sources) -> str:
    # Each sort of text with its number, so that no text counts as one of another sort.
    numbers = (str(len(sort)) for sort in sources)
    texts = (source.text for source in (contract, *sources.rules, *sources.of_readings))
    made_by = ("language", "facts", "text", "contract", "case", "source")
    return key_of((*tables(), *map(grammar_text, _MORE_TABLES), *numbers, *texts), made_by)


def _read_lexicon(kept: bytes, sources: Sources) -> Matcher | None:
    # Loaded late: where every reading is kept, no text is read.
    from replylint.facts.stored import from_plain as matcher_from_plain

    return read_back(kept, partial(matcher_from_plain, sources=sources.of_wordings))


def _compiled(sources: Sources, readings: Sequence[str]) -> Matcher:
    """The compiled lexicon, looked for only now: where every reading is kept, nobody asks for it."""
    lexicon = kept_lexicon(sources, readings)
    return (lexicon and lexicon()) or _compiled_anew(sources)


def _compiled_anew(sources: Sources) -> Matcher:
    from replylint.language.making import compiled_anew

    return compiled_anew(sources)
