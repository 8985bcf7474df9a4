"""`replylint test`: the examples in the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import click

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.cli.options import lang_option
from replylint.cli.rules import asked_rules
from replylint.cli.settings import moment
from replylint.cli.usage import WrongUsage
from replylint.contract.model import Contract
from replylint.evaluate.examples import Outcomes, run
from replylint.evaluate.model import Finding
from replylint.language.describe.rule import describe_condition
from replylint.language.format import given_text
from replylint.language.rules import Rule
from replylint.render.visible import visible
from replylint.source.messages import Lang, describe, say

# Monday morning of an ordinary week: no rule's example should depend on the day it is run.
_NOW = "2026-11-16T10:00"


@click.command()
@click.argument("policy_dir", metavar="[POLICY]", required=False)
@click.option("--coverage", is_flag=True, help="Also show for each rule how many examples break and keep it.")
@click.option("--now", metavar="TIME", default=_NOW, help="The moment of the check.", show_default=True)
@click.option("--verbose", "-v", is_flag=True, help="Also show examples that came out as they must.")
@click.option("--quiet", "-q", is_flag=True, help="Show one line for what came out wrong, and the last line.")
@lang_option
def test(policy_dir: str | None, coverage: bool, now: str, verbose: bool, quiet: bool, lang: str | None) -> int:
    """Run the `breaks` and `keeps` examples of every rule, or of the rules in one file of a policy.

    \b
    replylint test
    replylint test policy/ --coverage
    replylint test policy/rules/no-blame.rules
    """
    if quiet and (verbose or coverage):
        raise WrongUsage("usage.not-with-quiet", {"name": "--verbose" if verbose else "--coverage"})
    here = ground(policy_dir, lang)
    checker = here.checker_or_tell(moment(now), "cli.mistakes-found")
    if checker is None:
        return Exit.COULD_NOT_CHECK
    rules = asked_rules(checker.policy, here.folder.rule_file)
    outcomes = tuple(run(checker.judge, rules))
    failed = [o for o in outcomes if not o.passed]
    untested = tuple(_untested(rules))
    for outcome in outcomes if verbose else failed:
        lines = _outcome(outcome, here.lang, checker.policy.contract)
        printing.lines(islice(lines, 1) if quiet else lines)
    for rule, key in untested:
        printing.line(f"{rule.where_stated}: {say(key, here.lang, {'rule': rule.name})}")
    if coverage:
        printing.lines(_coverage(outcomes, rules, here.lang))
    lacking = len({rule.name for rule, _ in untested})
    numbers = {"examples": len(outcomes), "rules": len(rules), "failed": len(failed), "untested": lacking}
    printing.line(say("cli.test-summary", here.lang, {key: str(number) for key, number in numbers.items()}))
    return Exit.NOT_CLEARED if failed or untested else Exit.CLEARED


def _untested(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str]]:
    """Rules without an example that breaks them, or without one that keeps them."""
    for rule in rules:
        if not any(e.breaks for e in rule.examples):
            yield rule, "cli.no-breaks"
        if not any(not e.breaks for e in rule.examples):
            yield rule, "cli.no-keeps"


def _outcome(outcome: Outcomes, lang: Lang, contract: Contract) -> Iterator[str]:
    example = outcome.example
    wanted = "cli.must-break" if example.breaks else "cli.must-keep"
    mark = say("cli.as-it-must" if outcome.passed else "cli.not-as-it-must", lang)
    yield f"{mark} {example.where}: {say(wanted, lang, {'rule': outcome.rule.name})}"
    if example.example.reply:
        yield f"     {visible(example.example.reply.value)}"
    for given in example.example.given:
        yield f"     {say('cli.given', lang, {'given': visible(given_text(given, lang))})}"
    for decided in outcome.decided:
        words = visible(decided.labels[0].where.words)
        if isinstance(decided, Finding):
            yield f"     → {say('cli.decided', lang, {'words': words})}"
        else:
            missing = "; ".join(describe(p, lang)[0] for p in decided.missing)
            yield f"     → {say('cli.undecided', lang, {'missing': missing})}"
    if not outcome.decided:
        yield from (f"     → {line}" for line in _silent(outcome, lang, contract))
    if outcome.also:
        yield f"     → {say('cli.also', lang, {'rules': outcome.also})}"


def _silent(outcome: Outcomes, lang: Lang, contract: Contract) -> Iterator[str]:
    """Why the rule found nothing, a line for each thing that it looked at."""
    for reason in outcome.silent:
        condition = describe_condition(reason.condition, lang, contract) if reason.condition else ""
        places = ", ".join(str(place) for place in reason.contract)
        at = say("cli.silent-at", lang, {"places": places}) if places else ""
        values = {"condition": f"{condition}{at}", "words": visible(reason.words)}
        yield say(f"cli.silent-{reason.cause}{'-read' if reason.words else ''}", lang, values)
    if not outcome.silent:
        yield say("cli.nothing-found", lang)


def _coverage(outcomes: Sequence[Outcomes], rules: Iterable[Rule], lang: Lang) -> Iterator[str]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for outcome in outcomes:
        counts[outcome.rule.name][0 if outcome.example.breaks else 1] += outcome.passed
    for rule in rules:
        fires, silent = counts[rule.name]
        yield say("cli.coverage", lang, {"rule": rule.name, "fires": str(fires), "silent": str(silent)})
