"""A policy folder: its contract, rules and lexicon, read together and checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from replylint.contract.load import load as load_contract
from replylint.contract.load import read as read_contract
from replylint.contract.model import Contract
from replylint.facts.matcher import Matcher
from replylint.language.files import (
    CONTRACT,
    COUNTS,
    LEXICON,
    RULES,
    VECTORS,
    WEIGHTS,
    made_files,
    read_source,
    rule_files,
    unread_files,
)  # fmt: skip
from replylint.language.revision import Revision, revision
from replylint.language.rules import Rule
from replylint.language.sound import Compile, Sound, Sources, recall_sound
from replylint.source.pause import collector_paused
from replylint.source.problems import PolicyError, Problem
from replylint.source.resources import starter_policy
from replylint.source.spans import Source

if TYPE_CHECKING:
    from replylint.facts.rarity import Counts
    from replylint.facts.vectors import Vectors
    from replylint.facts.weights import Weights
    from replylint.language.syntax import RuleFile


@dataclass(frozen=True)
class Policy:
    """What drafts are held against.

    folder: where it was read from, as shown to people. compiled: gives the compiled lexicon. sources: the texts of its
    rule files, of the lexicon that it speaks, and of what was learnt or counted. revision: digest of every file that a
    verdict depends on, in short. parts: the digests of contract, rules and lexicon in full.
    """

    folder: str
    contract: Contract
    rules: tuple[Rule, ...]
    compiled: Compile
    sources: Sources
    revision: str
    parts: Revision

    @cached_property
    def matcher(self) -> Matcher:
        """The compiled lexicon, made when the first text has to be read."""
        return self.compiled()

    @cached_property
    def weights(self) -> tuple[Weights, ...]:
        """What tells the tenor of replies, by language; read when the first reply has to be."""
        from replylint.language.learnt import read_weights

        return read_weights(self.sources.weights)[0]

    @cached_property
    def counts(self) -> tuple[Counts, ...]:
        """How common words are, by language; read when the first reply has to be."""
        from replylint.language.learnt import read_counts

        return read_counts(self.sources.counts)[0]

    @cached_property
    def vectors(self) -> tuple[Vectors, ...]:
        """Which words go together, by language; read when the first reply has to be."""
        from replylint.language.learnt import read_vectors

        return read_vectors(self.sources.vectors)[0]

    @cached_property
    def files(self) -> tuple[RuleFile, ...]:
        """The trees of the policy's own rule files, in order."""
        from replylint.language.making import trees

        return trees(self.sources.rules)[0]


@collector_paused()
def load_policy(folder: Path, shown: str | None = None) -> Policy:
    """The policy of a folder with `contract.yml`, `rules/` and, if it has its own, `lexicon/`.

    A policy without a `lexicon/` speaks the starter lexicon's; readings in its rule files are added to either.
    Raises PolicyError with every mistake of every file.
    """
    name = shown or folder.as_posix()
    problems: list[Problem] = []
    contract = _contract(folder, name, problems)
    sources = _sources(folder, name, problems)
    if not rule_files(folder / RULES):
        problems.append(Problem("language.no-rules", None, {"folder": f"{name}/{RULES}"}))
    problems += (p for part in (RULES, LEXICON) for p in _misnamed(folder / part))
    sound, wrong = _made(contract, sources, known=not problems)
    if not (sound.rules or wrong or problems):  # held against nothing, every draft would be cleared
        problems.append(Problem("language.no-rule-in-files", None, {"folder": f"{name}/{RULES}"}))
    if wrong or problems or contract is None:
        raise PolicyError(sorted((*problems, *wrong), key=_place))
    parts = revision(contract.source, sources.rules, sources.of_readings)
    return Policy(name, contract, sound.rules, sound.compiled, sources, parts.short, parts)


def _made(contract: Contract | None, sources: Sources, known: bool) -> tuple[Sound, tuple[Problem, ...]]:
    """What is made of a policy's texts, and the mistakes in them. known: whether it may be kept as a sound one."""
    kept = recall_sound(contract.source, sources) if known and contract is not None else None
    if kept is not None:
        return kept, ()
    # Loaded late: most policies are known to be sound, and the parser and all it needs take long to load.
    from replylint.language.making import make

    return make(contract, sources)


def read_revision(folder: Path, shown: str | None = None) -> Revision:
    """The revision of the policy in a folder, which is only read and not looked into.

    It is that of the policy which `load_policy` makes of the folder, if the policy is sound. Raises PolicyError when a
    file cannot be read.
    """
    name = shown or folder.as_posix()
    problems: list[Problem] = []
    contract = read_contract(folder / CONTRACT, f"{name}/{CONTRACT}")
    sources = _sources(folder, name, problems)
    if problems:
        raise PolicyError(problems)
    return revision(contract, sources.rules, sources.of_readings)


def _sources(folder: Path, name: str, problems: list[Problem]) -> Sources:
    """The texts of a policy's files; what cannot be read is told."""
    rules = [_source(path, folder, name, problems) for path in rule_files(folder / RULES)]
    lexicon = _lexicon_sources(folder, name, problems)
    made = [_made_sources(folder, name, suffix, problems) for suffix in (WEIGHTS, COUNTS, VECTORS)]
    return Sources(*(tuple(s for s in sort if s is not None) for sort in (rules, lexicon, *made)))


def _contract(folder: Path, name: str, problems: list[Problem]) -> Contract | None:
    try:
        return load_contract(folder / CONTRACT, f"{name}/{CONTRACT}")
    except PolicyError as error:
        problems += error.problems
        return None


def _lexicon_sources(folder: Path, name: str, problems: list[Problem]) -> list[Source | None]:
    own = folder / LEXICON
    base, shown = (folder, name) if own.is_dir() else (starter_policy(), "starter")
    return [_source(path, base, shown, problems) for path in rule_files(base / LEXICON)]


def _made_sources(folder: Path, name: str, suffix: str, problems: list[Problem]) -> list[Source | None]:
    """The policy's own weights, counts or vectors, else those of the starter lexicon: nobody writes them by hand."""
    own = made_files(folder / LEXICON, suffix)
    base, shown = (folder, name) if own else (starter_policy(), "starter")
    return [_source(path, base, shown, problems) for path in own or made_files(base / LEXICON, suffix)]


def _source(path: Path, folder: Path, name: str, problems: list[Problem]) -> Source | None:
    read = read_source(path, f"{name}/{path.relative_to(folder).as_posix()}")
    if isinstance(read, Problem):
        problems.append(read)
        return None
    return read


def _misnamed(folder: Path) -> Iterator[Problem]:
    """Rule files that would be left out in silence, as when an editor adds `.txt` to the name."""
    for path in unread_files(folder):
        better, dot, _ = path.name.partition(".rules.")
        if dot:
            yield Problem("language.wrong-ending", None, {"name": path.name, "better": f"{better}.rules"})


def _place(problem: Problem) -> tuple[str, int, str]:
    if problem.where is None:
        return "", 0, problem.key
    return problem.where.source.path, problem.where.span.start, problem.key
