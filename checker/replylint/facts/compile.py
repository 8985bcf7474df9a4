"""From wordings to a matcher: one automaton for all literals, and patterns that say how their hits join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from replylint.facts.atoms import Atoms, Parts
from replylint.facts.folding import fold_literals
from replylint.facts.matcher import (
    ALWAYS,
    COMPARED,
    NEEDED,
    NEVER,
    NOTHING,
    PRINTABLE,
    REPLIES,
    REVIEWS,
    Group,
    Joined,
    Matcher,
    group_row,
    joined_row,
)
from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES
from replylint.facts.wordings import Choice, Lexicon, Pattern, Together, Wording, Words
from replylint.source.pause import collector_paused

_GENERIC = FactName("cue", "generic")
_COMPARED = frozenset(
    FactName("cue", kind) for kind in ("thing", "subject", "pleased", "displeased", "verdict")
)
_CUES_OF_REVIEWS = frozenset({"negation", "negation_after", "contrast", "business"})


@collector_paused()
def compile_lexicon(lexicon: Lexicon) -> Matcher:
    """The matcher of a lexicon.

    Raises KeyError for a phrase that does not exist and ValueError for one that contains itself; the language layer
    has refused such lexicons before, with their place.
    """
    patterns = [wording.pattern for wording in lexicon.wordings]
    patterns += [option for options in lexicon.phrases.values() for option in options]
    atoms = Atoms(lexicon.phrases, fold_literals(_literal_texts(patterns)))
    wordings = [atoms.join(wording.pattern) for wording in lexicon.wordings]
    return _numbered(lexicon.wordings, wordings, atoms)


def _numbered(written: Sequence[Wording], joined: Sequence[Joined | None], atoms: Atoms) -> Matcher:
    """The matcher, its atoms numbered anew: literals, slots, expressions, groups."""
    literals = [*atoms.literals.items(), *(((word, False), atom) for word, atom in atoms.parts.items())]
    basic = [*(atom for _, atom in literals), *atoms.slots.values(), *atoms.expressions.values()]
    new = {atom: number for number, atom in enumerate([*basic, *atoms.groups])}
    heard = [_heard_in(w, j, atoms) for w, j in zip(written, joined, strict=True)]
    wanted = _wanted(joined, heard, atoms)
    sources = {id(wording.origin.source): wording.origin.source for wording in written}
    number = {key: index for index, key in enumerate(sources)}
    of_wordings = {index: j for index, j in _ordered(joined, heard) if j and not atoms.is_basic(j)}
    patterns = [*(j for group in atoms.groups.values() for j in group.longer), *of_wordings.values()]
    bits = _bits(patterns, atoms)
    return Matcher(
        literals=tuple(text for (text, _), _ in literals),
        literal_marks=bytes(atoms.edges(piece, atom) | wanted.get(atom, 0) for piece, atom in literals),
        expressions=tuple(
            (text, new[atom], wanted.get(atom, 0) | (0 if atoms.required[atom] else ALWAYS))
            for text, atom in atoms.expressions.items()
        ),
        slots={kind: new[atom] for kind, atom in atoms.slots.items()},
        slot_marks={kind: wanted.get(atom, 0) for kind, atom in atoms.slots.items()},
        stirs=tuple(_stirs(atoms, basic, new)),
        wakes={new[atom]: " ".join(map(str, set_)) for atom, set_ in bits.items() if atom != NOTHING},
        free=f"{sum(1 << bit for bit in bits[NOTHING]):x}",
        groups=tuple(_group_rows(atoms.groups.values(), new)),
        patterns=tuple(joined_row(j, new) for j in patterns),
        wordings=tuple(of_wordings),
        alone=tuple(new[j.needs[0]] if j and atoms.is_basic(j) else NOTHING for j in joined),
        names=tuple(wording.fact for wording in written),
        marks=bytes(PRINTABLE | h | (NEVER if w.excludes else 0) for h, w in zip(heard, written, strict=True)),
        sources=tuple(sources.values()),
        places=tuple(
            f"{number[id(where.source)]} {where.span.start} {where.span.end}" for where in (w.origin for w in written)
        ),
    )


def _ordered(joined: Sequence[Joined | None], heard: Sequence[int]) -> list[tuple[int, Joined | None]]:
    """Wordings with their numbers, those that are looked for in replies alone last: reviews need only the others."""
    return sorted(enumerate(joined), key=lambda pair: heard[pair[0]] in (0, REPLIES))


def _bits(patterns: Sequence[Joined], atoms: Atoms) -> dict[int, list[int]]:
    """Of each atom the bits that it sets, and of NOTHING those that are always set; see `matcher`."""
    bits: dict[int, list[int]] = {NOTHING: []}
    for number, joined in enumerate(patterns):
        telling = atoms.telling(joined)
        for place, atom in enumerate([*telling, *[NOTHING] * (NEEDED - len(telling))]):
            bits.setdefault(atom, []).append(number + place * len(patterns))
    return bits


def _group_rows(groups: Iterable[Parts], new: Mapping[int, int]) -> Iterator[str]:
    """The groups as rows, their longer alternatives numbered one after the other. new: their atoms' numbers."""
    first = 0
    for group in groups:
        longer = (1 << len(group.longer)) - 1 << first
        first += len(group.longer)
        yield group_row(Group(group.singles, longer, group.meets, group.absent), new)


def _heard_in(wording: Wording, joined: Joined | None, atoms: Atoms) -> int:
    """Where a wording is looked for; a lone generic word nowhere, since it can be looked up by token."""
    name = wording.fact
    if name == _GENERIC and not wording.excludes and joined and atoms.is_lone(joined):
        return 0
    if name in _COMPARED:
        return COMPARED
    side = FACT_TYPES[name.type].side
    in_reviews = side == "review" or (side == "cue" and name.kind in _CUES_OF_REVIEWS)
    return REPLIES | (REVIEWS if in_reviews else 0)


def _wanted(joined: Sequence[Joined | None], heard: Sequence[int], atoms: Atoms) -> dict[int, int]:
    """For each atom, where the wordings that it belongs to are looked for."""
    wanted: dict[int, int] = {}
    for where in (REPLIES, REVIEWS, COMPARED):
        for atom in atoms.used(j for j, mark in zip(joined, heard, strict=True) if j and mark & where):
            wanted[atom] = wanted.get(atom, 0) | where
    return wanted


def _stirs(atoms: Atoms, basic: Sequence[int], new: Mapping[int, int]) -> Iterator[str]:
    """Of each basic atom the expressions and groups that it may make occur."""
    stirred: dict[int, list[int]] = {atom: [] for atom in basic}
    for stirs in (atoms.required, atoms.triggers):
        for atom, triggers in stirs.items():
            for trigger in triggers:
                stirred[trigger].append(new[atom])
    return (" ".join(map(str, found)) for found in stirred.values())


def _literal_texts(patterns: Iterable[Pattern]) -> Iterable[str]:
    for pattern in patterns:
        for element in pattern:
            if isinstance(element, Words):
                yield element.text
            elif isinstance(element, Choice):
                yield from _literal_texts(element.options)
            elif isinstance(element, Together):
                parts = (*element.parts, *element.absent)
                yield from _literal_texts(option for part in parts for option in part.options)
