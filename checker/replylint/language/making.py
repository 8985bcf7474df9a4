"""A policy made of the texts of its files: parsed, resolved and compiled, with every mistake in them.

Loaded only when no sound policy of the same texts is kept from an earlier run, or a command wants the trees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from replylint.contract.load import load as load_contract
from replylint.contract.model import Contract
from replylint.facts.compile import compile_lexicon
from replylint.facts.matcher import Matcher
from replylint.facts.stored import to_plain
from replylint.facts.wordings import Lexicon
from replylint.language.against_contract import against_contract
from replylint.language.learnt import read_counts, read_vectors, read_weights
from replylint.language.lexicon import build_lexicon
from replylint.language.load import parse_files
from replylint.language.named_rules import misspelt_rules
from replylint.language.never import never_fires
from replylint.language.resolve import resolve
from replylint.language.rules import Rule
from replylint.language.sound import Compile, Sound, Sources, keep_sound, kept_lexicon, lexicon_key, tables
from replylint.language.stored import file_of, plain_file
from replylint.language.syntax import Rule as WrittenRule
from replylint.language.syntax import RuleFile
from replylint.source.cache import keep, key_of, recall
from replylint.source.problems import Problem
from replylint.source.resources import starter_policy
from replylint.source.spans import Location, Source

# Mistakes that a contract can make, or mend.
_OF_CONTRACT = (
    "unknown-name", "unknown-contract-path", "unknown-role", "unknown-choice", "type-mismatch", "not-a-value",
    "not-yes-or-no", "no-order", "unknown-action", "unknown-happening", "unknown-parameter", "unknown-item",
    "unknown-list", "unknown-table", "unknown-attribute", "not-a-list", "cannot-", "same-as-what",
)  # fmt: skip


def make(contract: Contract | None, sources: Sources) -> tuple[Sound, tuple[Problem, ...]]:
    """The rules of a policy and what compiles its lexicon, with all mistakes; kept when there are none.

    contract: None where it has mistakes itself.
    """
    files, found = trees(sources.rules)
    readings = _readings(files)
    compiled, wrong = _compiled(sources, files, readings)
    _, unfit = read_weights(sources.weights)
    _, uncounted = read_counts(sources.counts)
    _, unrelated = read_vectors(sources.vectors)
    rules, unresolved = _resolved(files, contract)
    sound = Sound(rules, readings, compiled)
    problems = (*found, *wrong, *unfit, *uncounted, *unrelated, *unresolved)
    if contract is not None and not problems:
        keep_sound(sound, contract.source, sources)
    return sound, problems


def compiled_anew(sources: Sources) -> Matcher:
    """The compiled lexicon of a policy that is known to be sound."""
    files, _ = trees(sources.rules)
    return _anew(sources, files, _readings(files))[0]


def trees(sources: Sequence[Source]) -> tuple[tuple[RuleFile, ...], tuple[Problem, ...]]:
    """The trees of rule files, as kept from an earlier run or parsed, and the mistakes in them."""
    key = key_of((*tables(), *(source.text for source in sources)), ("language", "source"))

    def read(plain: list[Any]) -> tuple[RuleFile, ...]:
        return tuple(file_of(tree, source) for tree, source in zip(plain, sources, strict=True))

    kept = recall("rules", key, read)
    if kept is not None:
        return kept, ()
    files, problems = parse_files(sources)
    if not problems:
        keep("rules", key, [plain_file(file) for file in files])
    return files, problems


def _readings(files: Iterable[RuleFile]) -> tuple[str, ...]:
    """What rule files add to the lexicon, with its place, as far as a lexicon that is kept depends on it."""
    return tuple(f"{st.span} {Location(f.source, st.span).words}" for f in files for st in f.statements
                 if not isinstance(st, WrittenRule))  # fmt: skip


def _resolved(
    files: tuple[RuleFile, ...], contract: Contract | None
) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    if contract is None:
        return (), tuple(_without_contract(files))
    rules, unresolved = resolve(files, contract)
    idle = (*against_contract(rules, contract), *never_fires(rules))
    return rules, (*unresolved, *misspelt_rules(contract, files), *idle)


def _without_contract(files: tuple[RuleFile, ...]) -> list[Problem]:
    """The mistakes in rules that are none of the contract's: what its names stand for cannot be known."""
    _, found = resolve(files, load_contract(starter_policy() / "contract.yml"))
    return [p for p in found if not p.key.removeprefix("language.").startswith(_OF_CONTRACT)]


def _compiled(
    sources: Sources, files: Iterable[RuleFile], readings: Sequence[str]
) -> tuple[Compile, tuple[Problem, ...]]:
    """What gives the compiled lexicon. Only a sound one is kept, so that a kept one needs no looking into."""
    kept = kept_lexicon(sources, readings)
    if kept is not None:
        return lambda: kept() or _anew(sources, files, readings)[0], ()
    matcher, wrong = _anew(sources, files, readings)
    return lambda: matcher, wrong


def _anew(sources: Sources, files: Iterable[RuleFile], readings: Sequence[str]) -> tuple[Matcher, tuple[Problem, ...]]:
    """The lexicon parsed and compiled, and kept; an empty one when there are mistakes."""
    parsed, problems = parse_files(sources.lexicon)
    lexicon, more = build_lexicon((*parsed, *files))
    wrong = (*problems, *more)
    matcher = compile_lexicon(Lexicon((), {}) if wrong else lexicon)
    if not wrong:
        keep("lexicon", lexicon_key(sources, readings), to_plain(matcher, sources.of_wordings))
    return matcher, wrong
