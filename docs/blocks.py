"""Examples of the rule language in the docs: read, resolved against the starter policy, and run."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from replylint import __version__
from replylint.contract.load import parse as parse_contract
from replylint.contract.model import Contract
from replylint.evaluate.check import Judge
from replylint.evaluate.examples import run
from replylint.facts.compile import compile_lexicon
from replylint.facts.extract import Extractor
from replylint.facts.wordings import Lexicon
from replylint.language.describe.rule import describe_rule, in_plain_text
from replylint.language.files import CONTRACT, LEXICON, read_source, rule_files
from replylint.language.format import format_file
from replylint.language.lexicon import build_lexicon
from replylint.language.load import parse_files
from replylint.language.parse import parse
from replylint.language.resolve import resolve
from replylint.language.rules import Rule as ResolvedRule
from replylint.language.syntax import Rule, RuleFile
from replylint.render.options import Options
from replylint.render.problems import problems_text
from replylint.source.messages import Lang, describe
from replylint.source.problems import PolicyError, Problem
from replylint.source.resources import starter_policy
from replylint.source.spans import Source
from replylint.text.pipeline import read

DOCS = Path(__file__).parent
NOW = dt.datetime(2026, 11, 16, 10)
# What the examples' contract has besides the starter's.
_OF_CONTRACT = re.compile(r"^```yaml contract\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = "example.rules"


class StaleError(Exception):
    """Something in the docs is not as the tool has it."""


@dataclass(frozen=True)
class Block:
    """A block as the tool reads it."""

    file: RuleFile
    rules: tuple[ResolvedRule, ...]
    lexicon: Lexicon
    problems: tuple[Problem, ...]


@cache
def _starter() -> tuple[Contract, tuple[RuleFile, ...]]:
    folder = starter_policy()
    lexicon, problems = parse_files(read_source(path) for path in rule_files(folder / LEXICON))
    if problems:
        raise PolicyError(problems)
    text = (folder / CONTRACT).read_text(encoding="utf-8")
    added = "\n".join(_OF_CONTRACT.findall((DOCS / "language.md").read_text(encoding="utf-8")))
    return parse_contract(Source(f"policy/{CONTRACT}", f"{text}\n{added}")), lexicon


def read_block(text: str) -> Block:
    """A block of rules, phrases and readings, resolved against the starter contract and its lexicon."""
    contract, starter = _starter()
    parsed = parse(Source(NAME, text))
    rules, unresolved = resolve([parsed.file], contract)
    lexicon, wrong = build_lexicon([*starter, parsed.file])
    problems = sorted((*parsed.problems, *unresolved, *wrong), key=lambda p: p.where.span.start if p.where else 0)
    return Block(parsed.file, rules, lexicon, tuple(problems))


@cache
def _starter_extractor() -> Extractor:
    return Extractor(compile_lexicon(build_lexicon(_starter()[1])[0]))


def _judge(block: Block) -> Judge:
    teaches = any(not isinstance(statement, Rule) for statement in block.file.statements)
    extractor = Extractor(compile_lexicon(block.lexicon)) if teaches else _starter_extractor()
    contract = _starter()[0]
    return Judge(block.rules, contract, read, extractor.extract, NOW.replace(tzinfo=contract.calendar.zone))


def check_sound(text: str, where: str) -> None:
    """Raises StaleError when a block has a mistake, or when an example in it does not come out as it must."""
    block = read_block(text)
    for problem in block.problems:
        raise StaleError(f"{where}: {problem.where}: {' · '.join(describe(problem, 'en'))}")
    for outcome in run(_judge(block)):
        if not outcome.passed:
            wanted = "break" if outcome.example.breaks else "keep"
            reply = outcome.example.example.reply
            raise StaleError(f"{where}: must {wanted} {outcome.rule.name}: {reply.value if reply else outcome.example}")


def mistakes(text: str, lang: Lang | None = None) -> str:
    """What the tool says about a block that is wrong on purpose."""
    block = read_block(text)
    if not block.problems:
        raise StaleError(f"nothing is wrong with the block that must be wrong:\n{text}")
    return "".join(problems_text(block.problems, Options(__version__, lang or block.file.lang))).rstrip()


def in_keywords(text: str, lang: Lang) -> str:
    """A block with the keywords of a language."""
    return format_file(read_block(text).file, lang).rstrip()


def meaning(text: str, lang: Lang) -> Iterator[str]:
    """What each rule of a block means."""
    for rule in read_block(text).rules:
        yield from in_plain_text(describe_rule(rule, lang))
