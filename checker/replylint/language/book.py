"""A policy folder: its contract, rules and lexicon, read together and checked as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from replylint.contract.load import load as load_contract
from replylint.contract.load import read as read_contract
from replylint.contract.model import Contract
from replylint.facts.matcher import Matcher
from replylint.facts.rarity import Counts
from replylint.facts.stored import from_plain as matcher_from_plain
from replylint.facts.stored import to_plain as matcher_to_plain
from replylint.facts.tenor import Weights
from replylint.facts.wordings import Lexicon
from replylint.language.against_contract import against_contract
from replylint.language.lexicon import build_lexicon
from replylint.language.load import (
    COUNTS,
    WEIGHTS,
    made_files,
    parse_files,
    read_counts,
    read_source,
    read_weights,
    rule_files,
    unread_files,
)
from replylint.language.named_rules import misspelt_rules
from replylint.language.resolve import resolve
from replylint.language.revision import Revision, revision
from replylint.language.rules import Rule
from replylint.language.stored import from_plain as tree_from_plain
from replylint.language.stored import to_plain as tree_to_plain
from replylint.language.syntax import Rule as WrittenRule
from replylint.language.syntax import RuleFile
from replylint.source.cache import keep, key_of, read_back, recall, recall_text
from replylint.source.pause import collector_paused
from replylint.source.problems import PolicyError, Problem
from replylint.source.resources import grammar_text, starter_policy
from replylint.source.spans import Location, Source

CONTRACT = "contract.yml"
RULES = "rules"
LEXICON = "lexicon"
# Mistakes that a contract can make, or mend.
_OF_CONTRACT = (
    "unknown-name", "unknown-contract-path", "unknown-role", "unknown-choice", "type-mismatch", "not-a-value",
    "not-yes-or-no", "no-order", "unknown-action", "unknown-happening", "unknown-parameter", "unknown-item",
    "unknown-list", "unknown-table", "unknown-attribute", "not-a-list", "cannot-", "same-as-what",
)  # fmt: skip

_Compile = Callable[[], Matcher]


@dataclass(frozen=True)
class Policy:
    """What drafts are held against.

    folder: where it was read from, as shown to people. compiled: gives the compiled lexicon. files: the rule files of
    the policy itself, in order. weights: what tells the tenor of replies, by language.
    counts: how common words are, by language.
    revision: digest of every file that a verdict depends on, twelve hexadecimal digits. parts: the digests of contract,
    rules and lexicon in full.
    """

    folder: str
    contract: Contract
    rules: tuple[Rule, ...]
    compiled: _Compile
    files: tuple[RuleFile, ...]
    revision: str
    parts: Revision
    weights: tuple[Weights, ...] = ()
    counts: tuple[Counts, ...] = ()

    @cached_property
    def matcher(self) -> Matcher:
        """The compiled lexicon, made when the first text has to be read."""
        return self.compiled()


@collector_paused()
def load_policy(folder: Path, shown: str | None = None) -> Policy:
    """The policy of a folder with `contract.yml`, `rules/` and, if it has its own, `lexicon/`.

    A policy without a `lexicon/` speaks the starter lexicon's; readings in its rule files are added to either.
    Raises PolicyError with every mistake of every file.
    """
    name = shown or folder.as_posix()
    problems: list[Problem] = []
    contract = _contract(folder, name, problems)
    rule_sources = [_source(p, folder, name, problems) for p in rule_files(folder / RULES)]
    files, found = _trees([s for s in rule_sources if s is not None])
    lexicon_sources = [s for s in _lexicon_sources(folder, name, problems) if s is not None]
    matcher, wrong = _matcher(lexicon_sources, files)
    weight_sources = [s for s in _made_sources(folder, name, WEIGHTS, problems) if s is not None]
    count_sources = [s for s in _made_sources(folder, name, COUNTS, problems) if s is not None]
    weights, unfit = read_weights(weight_sources)
    counts, uncounted = read_counts(count_sources)
    lexicon_sources = [*lexicon_sources, *weight_sources, *count_sources]
    problems += (*found, *wrong, *unfit, *uncounted)
    rules: tuple[Rule, ...] = ()
    if contract is not None:
        rules, unresolved = resolve(files, contract)
        problems += (*unresolved, *misspelt_rules(contract, files), *against_contract(rules, contract))
    else:
        problems += _without_contract(files)
    problems += (p for part in (RULES, LEXICON) for p in _misnamed(folder / part))
    if not files:
        problems.append(Problem("language.no-rules", None, {"folder": f"{name}/{RULES}"}))
    if problems or contract is None:
        raise PolicyError(sorted(problems, key=_place))
    sources = [contract.source, *(f.source for f in files), *lexicon_sources]
    parts = revision(contract.source, (f.source for f in files), lexicon_sources)
    return Policy(name, contract, rules, matcher, files, _digest(sources), parts, weights, counts)


def read_revision(folder: Path, shown: str | None = None) -> Revision:
    """The revision of the policy in a folder, which is only read and not looked into.

    It is that of the policy which `load_policy` makes of the folder, if the policy is sound. Raises PolicyError when a
    file cannot be read.
    """
    name = shown or folder.as_posix()
    problems: list[Problem] = []
    contract = read_contract(folder / CONTRACT, f"{name}/{CONTRACT}")
    rules = [_source(p, folder, name, problems) for p in rule_files(folder / RULES)]
    made = (s for suffix in (WEIGHTS, COUNTS) for s in _made_sources(folder, name, suffix, problems))
    lexicon = [*_lexicon_sources(folder, name, problems), *made]
    if problems:
        raise PolicyError(problems)
    return revision(contract, (s for s in rules if s is not None), (s for s in lexicon if s is not None))


def _contract(folder: Path, name: str, problems: list[Problem]) -> Contract | None:
    try:
        return load_contract(folder / CONTRACT, f"{name}/{CONTRACT}")
    except PolicyError as error:
        problems += error.problems
        return None


def _without_contract(files: tuple[RuleFile, ...]) -> list[Problem]:
    """The mistakes in rules that are none of the contract's: what its names stand for cannot be known."""
    _, found = resolve(files, load_contract(starter_policy() / CONTRACT))
    return [p for p in found if not p.key.removeprefix("language.").startswith(_OF_CONTRACT)]


def _trees(sources: list[Source]) -> tuple[tuple[RuleFile, ...], tuple[Problem, ...]]:
    """The trees of rule files: as kept from an earlier run, or parsed."""
    key = key_of((*_tables(), *(source.text for source in sources)), ("language", "source"))

    def read(plain: list[Any]) -> tuple[RuleFile, ...]:
        return tuple(tree_from_plain(tree, source) for tree, source in zip(plain, sources, strict=True))

    kept = recall("rules", key, read)
    if kept is not None:
        return kept, ()
    files, problems = parse_files(sources)
    if not problems:
        keep("rules", key, [tree_to_plain(file) for file in files])
    return files, problems


def _tables() -> tuple[str, str]:
    """What the parser is made of besides its modules."""
    return grammar_text("names.yml"), grammar_text("rules.lark")


def _matcher(sources: list[Source], files: tuple[RuleFile, ...]) -> tuple[_Compile, tuple[Problem, ...]]:
    """What gives the compiled lexicon of lexicon files and of readings in rule files.

    Only a sound lexicon is kept, so that one that is kept needs no looking into before a text has to be read.
    """
    everything = [*sources, *(file.source for file in files)]
    readings = [f"{st.span} {Location(f.source, st.span).words}" for f in files for st in f.statements
                if not isinstance(st, WrittenRule)]  # fmt: skip
    texts = (f"{source.path}\n{source.text}" for source in sources)
    key = key_of((*_tables(), *texts, *readings), ("language", "facts", "text", "source"))
    kept = recall_text("lexicon", key)
    if kept is not None:
        back = partial(read_back, kept, partial(matcher_from_plain, sources=everything))
        return lambda: back() or _anew(sources, files)[0], ()
    matcher, problems = _anew(sources, files)
    if not problems:
        keep("lexicon", key, matcher_to_plain(matcher, everything))
    return lambda: matcher, problems


def _anew(sources: Sequence[Source], files: tuple[RuleFile, ...]) -> tuple[Matcher, tuple[Problem, ...]]:
    """The lexicon parsed and compiled; an empty one when there are mistakes."""
    # Loaded late: what reads texts is not needed for a lexicon that is kept.
    from replylint.facts.compile import compile_lexicon

    parsed, problems = parse_files(sources)
    lexicon, more = build_lexicon((*parsed, *files))
    wrong = (*problems, *more)
    return compile_lexicon(Lexicon((), {}) if wrong else lexicon), wrong


def _lexicon_sources(folder: Path, name: str, problems: list[Problem]) -> list[Source | None]:
    own = folder / LEXICON
    base, shown = (folder, name) if own.is_dir() else (starter_policy(), "starter")
    return [_source(path, base, shown, problems) for path in rule_files(base / LEXICON)]


def _made_sources(folder: Path, name: str, suffix: str, problems: list[Problem]) -> list[Source | None]:
    """The policy's own weights or counts, else those of the starter lexicon: nobody writes them by hand."""
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


def _digest(sources: Iterable[Source]) -> str:
    digest = hashlib.sha256()
    for text in sorted(source.text for source in sources):
        digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()[:12]
