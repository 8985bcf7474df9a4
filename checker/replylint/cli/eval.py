"""`replylint eval`: how well facts are read and verdicts reached, measured on labelled replies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from replylint.case.model import Case, Unreadable
from replylint.case.read import read_all
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.ground import Ground, ground
from replylint.cli.options import format_option, lang_option, policy_option
from replylint.cli.progress import counted
from replylint.cli.screen import for_programs
from replylint.cli.settings import moment
from replylint.cli.shuffled import separate
from replylint.cli.telling import tell
from replylint.cli.usage import WrongUsage, near
from replylint.evaluate.model import CouldNotCheck
from replylint.facts.schema import FACT_TYPES
from replylint.measure.labels import Labels, labels_of
from replylint.measure.score import Scores
from replylint.render.eval import eval_json, eval_text
from replylint.source.messages import say
from replylint.source.problems import Problem

if TYPE_CHECKING:
    from replylint.api import Checker

_LABELLED = (".json", ".jsonl", ".ndjson")


@click.command("eval")
@click.argument("paths", nargs=-1, required=True)
@policy_option
@click.option("--shuffled", is_flag=True, help="Instead, compare each reply with its own and with other reviews.")
@click.option("--errors", metavar="TYPE[/KIND]", help="Show each disagreement on this type in context; or `all`.")
@format_option()
@click.option("--now", metavar="TIME", default="2026-11-20T10:00", help="The moment of the check.", show_default=True)
@lang_option
def evaluate(
    paths: tuple[str, ...], policy_dir: str | None, shuffled: bool, errors: str | None, format_: str, now: str,
    lang: str | None,
) -> int:  # fmt: skip
    """Measure facts and verdicts on labelled replies (JSON Lines).

    Rows with `facts` are judged by facts, rows with `violates` by verdict. With --shuffled no labels are needed: the
    share of cases is told in which a reply has more in common with its own review than with another one of the file.
    The format of a row is told in docs/accuracy.md, "Measuring your own".

    \b
    replylint eval corpora/
    replylint eval labelled.jsonl --errors promise/refund
    """
    if errors is not None:
        _known(errors, format_, shuffled)
    here = ground(policy_dir, lang, paths)
    checker = here.checker_or_tell(moment(now))
    if checker is None:
        return Exit.COULD_NOT_CHECK
    for_programs(format_)
    if shuffled:
        return separate(checker, paths, format_ == "json", here.lang)
    scores = Scores()
    mistakes = _score(checker, paths, scores)
    if mistakes:
        tell(mistakes, lang, here.lang)
        return Exit.COULD_NOT_CHECK
    return _told(scores, format_, errors, here)


def _told(scores: Scores, format_: str, errors: str | None, here: Ground) -> Exit:
    if not scores.rows:
        printing.line(say("cli.no-labels", here.lang), aside=True)
        return Exit.COULD_NOT_CHECK
    told = eval_json(scores) if format_ == "json" else eval_text(scores, errors, here.lang)
    printing.pieces(f"{piece}\n" for piece in told)
    if scores.unjudged:
        tell(scores.unjudged, here.chosen, here.lang, "cli.eval-unjudged", aside=True)
        return Exit.COULD_NOT_CHECK
    return Exit.CLEARED


def _known(errors: str, format_: str, shuffled: bool) -> None:
    """Raises WrongUsage for disagreements on what is no fact, and where none are shown."""
    if shuffled or format_ != "text":
        raise WrongUsage("usage.errors-in-text")
    kinds = [f"{name}/{kind}" for name, each in FACT_TYPES.items() for kind in each.kinds]
    known = [*FACT_TYPES, *kinds, "all", "verdicts"]
    if errors not in known:
        raise WrongUsage("usage.no-fact", {"name": errors, "near": near(errors, known)})


def _score(checker: Checker, paths: tuple[str, ...], scores: Scores) -> list[Problem]:
    """Scores every labelled row; all that is wrong with rows or labels, for figures without them would say too much."""
    categories = _categories(checker)
    mistakes: list[Problem] = []
    for case in counted(read_all(paths)):
        if isinstance(case, Unreadable):
            # Only JSON holds labels; a folder of rows may hold other files beside them.
            mistakes += case.problems if case.path.endswith(_LABELLED) or not Path(case.path).is_file() else ()
        elif isinstance(case, Case):
            labels = labels_of(case, categories)
            if isinstance(labels, tuple):
                mistakes += labels
            elif labels is not None and not mistakes:
                _count(checker, case, labels, scores)
    return mistakes


def _categories(checker: Checker) -> dict[str, frozenset[str]]:
    """Every category of the policy with the names of its rules."""
    rules = checker.policy.rules
    return {c: frozenset(r.name for r in rules if r.category == c) for c in sorted({r.category for r in rules})}


def _count(checker: Checker, case: Case, labels: Labels, scores: Scores) -> None:
    verdict = checker.judge.entry(case)
    scores.rows[labels.lang] += 1
    if isinstance(verdict, CouldNotCheck):
        # A draft on which there is no verdict is not cleared, and no rule has caught anything in it.
        scores.unjudged += verdict.problems
        if labels.violates is not None:
            scores.verdicts.add_unjudged(case.id, labels)
        return
    if labels.violates is not None:
        scores.verdicts.add(verdict, labels)
        return
    scores.facts.add(case.id, case.reply.text, checker.facts(case), labels)
    scores.alarms.update({(labels.lang, f.rule) for f in verdict.findings if f.severity == "error"})
