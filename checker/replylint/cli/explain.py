"""`replylint explain`: one rule in full."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from replylint.cli import printing
from replylint.cli.completion import rule_names
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.cli.options import lang_option, policy_option
from replylint.cli.rules import asked_rules, rule_of
from replylint.contract.model import Contract
from replylint.language.describe.rule import describe_rule
from replylint.language.format import given_text
from replylint.language.rules import ContractValue, Operand, Rule, Template, Texts
from replylint.language.show import show
from replylint.language.syntax import Example
from replylint.source.messages import Lang, say


@click.command()
@click.argument("rule", shell_complete=rule_names)
@policy_option
@lang_option
def explain(rule: str, policy_dir: str | None, lang: str | None) -> int:
    """Say what a rule means, why it is there, and what breaks and keeps it; of a rule file, each of its rules.

    \b
    replylint explain refund-within-authority
    replylint explain policy/rules/no-blame.rules
    """
    file = Path(rule).is_file()
    here = ground(rule if file and policy_dir is None else policy_dir, lang)
    policy = here.policy_or_tell()
    if policy is None:
        return Exit.COULD_NOT_CHECK
    rules = asked_rules(policy, ground(rule, lang).folder.rule_file) if file else (rule_of(policy, rule),)
    for part in chain.from_iterable(page(each, here.lang, policy.contract) for each in rules):
        printing.lines(part.split("\n"))
    return Exit.CLEARED


def page(rule: Rule, lang: Lang, contract: Contract) -> Iterator[str]:
    """A rule's page as Markdown: its own text, its meaning, what it tells the drafter, its examples."""
    yield f"# {rule.name}"
    yield ""
    if rule.page:
        yield from "\n\n".join(in_language(rule.page, lang)).splitlines()
        yield ""
    yield from (f"{'  ' * line.depth}- {line.words}" for line in describe_rule(rule, lang, contract))
    yield ""
    yield from _quoted("cli.message", rule.because, lang)
    yield from _quoted("cli.write-instead", rule.instead, lang)
    yield from _quoted("cli.to-do", rule.to_do, lang)
    for breaks in (True, False):
        examples = [e.example for e in rule.examples if e.breaks is breaks]
        if examples:
            yield f"## {say('cli.breaks' if breaks else 'cli.keeps', lang)}"
            yield ""
            yield from (f"- {_example(e, lang)}" for e in examples)
            yield ""


def in_language(text: str, lang: Lang) -> tuple[str, ...]:
    """The paragraphs of a rule's own text that are in a language; all of them where none is."""
    paragraphs = tuple(part for part in text.split("\n\n") if part.strip())
    return tuple(part for part in paragraphs if _is_chinese(part) is (lang == "zh")) or paragraphs


def _is_chinese(paragraph: str) -> bool:
    """Whether over a quarter of its letters are Chinese: words of it are shorter, and each quotes the other."""
    letters = [letter for letter in paragraph if letter.isalpha()]
    return 4 * sum(letter > "\u2e80" for letter in letters) > len(letters)


def _quoted(key: str, texts: Texts, lang: Lang) -> Iterator[str]:
    """A text of the rule in every language it has, the reader's first."""
    english, chinese = _text(texts.en, "en"), _text(texts.zh, "zh")
    found = [text for text in ((english, chinese) if lang == "en" else (chinese, english)) if text]
    if found:
        yield f"## {say(key, lang)}"
        yield ""
        for text in found:
            yield f"> {text}"
            yield ""


def _text(template: Template, lang: Lang) -> str:
    return "".join(part if isinstance(part, str) else _value(part, lang) for part in template)


def _value(operand: Operand, lang: Lang) -> str:
    """The contract's value; what only a draft can tell stays a name in braces."""
    if isinstance(operand, ContractValue):
        return show(operand.value, lang)
    return f"{{{getattr(operand, 'path', getattr(operand, 'name', ''))}}}"


def _example(example: Example, lang: Lang) -> str:
    reply = example.reply.value.replace("\n", " ⏎ ") if example.reply else "—"
    given = ("; " if lang == "en" else "；").join(given_text(g, lang) for g in example.given)
    if not given:
        return reply
    return f"{reply} ({given})" if lang == "en" else f"{reply}（{given}）"
