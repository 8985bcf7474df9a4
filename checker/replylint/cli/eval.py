"""`replylint eval`: how well facts are read and verdicts reached, measured on labelled replies."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from replylint.api import Checker
from replylint.case.model import Case, Unreadable
from replylint.case.read import read_all
from replylint.cli.exits import Exit
from replylint.cli.load import load_or_tell
from replylint.cli.policy import tell
from replylint.cli.progress import counted
from replylint.cli.screen import for_programs
from replylint.cli.settings import lang_option, language, moment, policy_option
from replylint.cli.shuffled import separate
from replylint.cli.usage import WrongUsage, near
from replylint.evaluate.model import CouldNotCheck
from replylint.facts.schema import FACT_TYPES
from replylint.measure.labels import Labels, labels_of
from replylint.measure.score import FactScores, Miss, Tally, VerdictScores
from replylint.render.visible import visible
from replylint.source.messages import Lang, say
from replylint.source.problems import Problem, Said, Saying

# Types that stand less often say little: their figures are shown but do not count in the mean.
AT_LEAST = 5
_CONTEXT = 60
_LABELLED = (".json", ".jsonl", ".ndjson")


@dataclass
class _Scores:
    facts: FactScores = field(default_factory=FactScores)
    verdicts: VerdictScores = field(default_factory=VerdictScores)
    rows: Counter[str] = field(default_factory=Counter)
    alarms: Counter[tuple[str, str]] = field(default_factory=Counter)
    unjudged: tuple[Problem, ...] = ()


@click.command("eval")
@click.argument("paths", nargs=-1, required=True)
@policy_option
@click.option("--shuffled", is_flag=True, help="Instead, compare each reply with its own and with other reviews.")
@click.option("--errors", metavar="TYPE[/KIND]", help="Show each disagreement on this type in context; or `all`.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
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
    loaded = load_or_tell(policy_dir, lang, paths)
    if loaded is None:
        return Exit.COULD_NOT_CHECK
    spoken = language(lang)
    for_programs(format_)
    if shuffled:
        return separate(Checker(loaded, now=moment(now)), paths, format_ == "json", spoken)
    scores = _Scores()
    mistakes = _score(Checker(loaded, now=moment(now)), paths, scores)
    if mistakes:
        tell(mistakes, lang, spoken)
        return Exit.COULD_NOT_CHECK
    if not scores.rows:
        click.echo(say("cli.no-labels", spoken), err=True)
        return Exit.COULD_NOT_CHECK
    if format_ == "json":
        click.echo(json.dumps(_plain(scores), ensure_ascii=False, indent=2))
    else:
        for line in (*_report(scores, spoken), *(_errors(scores, errors, spoken) if errors else ())):
            click.echo(line)
    if scores.unjudged:
        tell(scores.unjudged, lang, spoken, "cli.eval-unjudged", aside=True)
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


def _score(checker: Checker, paths: tuple[str, ...], scores: _Scores) -> list[Problem]:
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


def _count(checker: Checker, case: Case, labels: Labels, scores: _Scores) -> None:
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


def _report(scores: _Scores, lang: Lang) -> Iterator[str]:
    yield from _fact_table(scores.facts, lang)
    yield from _alarms(scores, lang)
    yield from _confusions(scores.facts, lang)
    yield from _verdict_table(scores.verdicts, lang)


def _fact_table(facts: FactScores, lang: Lang) -> Iterator[str]:
    for of, rows in sorted(facts.rows.items()):
        yield say("cli.eval-facts", lang, {"lang": _named(of), "rows": str(rows)})
        presence, spans = say("cli.eval-presence", lang), say("cli.eval-spans", lang)
        head = f"{'':24}{'n':>5}   {_right(presence, 10)} {'R':>5} {'F1':>5}   {_right(spans, 8)} {'R':>5} {'F1':>5}"
        yield f"  {head}"
        for (language_, name), tally in sorted(facts.presence.items()):
            if language_ == of:
                there = tally.right + tally.missed
                overlaps = facts.spans.get((of, name), Tally())
                yield f"  {name:24}{there:5}   {_prf(tally, 10)}   {_prf(overlaps, 8)}"
        macro = facts.macro(of, AT_LEAST)
        yield say("cli.eval-macro", lang, {"n": str(AT_LEAST), "f1": _figure(macro)})
        yield ""


def _named(of: str) -> Saying:
    """The language of rows as it is told; rows need not say theirs."""
    return of or Said("cli.eval-no-language")


def _right(words: str, width: int) -> str:
    """Words set to the right; a Chinese character is two columns wide on a terminal."""
    columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)
    return " " * (width - columns) + words


def _prf(tally: Tally, width: int) -> str:
    return f"{_figure(tally.precision):>{width}} {_figure(tally.recall):>5} {_figure(tally.f1):>5}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _alarms(scores: _Scores, lang: Lang) -> Iterator[str]:
    """Errors per 100 replies of each rule on rows labelled by facts."""
    if scores.alarms:
        yield say("cli.eval-alarms", lang)
        for (of, rule), count in sorted(scores.alarms.items()):
            yield f"  {of:8} {rule:44}{100 * count / scores.facts.rows[of]:6.1f}"
        yield ""


def _confusions(facts: FactScores, lang: Lang) -> Iterator[str]:
    if facts.confusions:
        yield say("cli.eval-confusions", lang)
        for (of, name, instead), count in facts.confusions.most_common(20):
            yield f"  {of:8} {name:24} → {instead or '–':24}{count:5}"
        yield ""


def _verdict_table(verdicts: VerdictScores, lang: Lang) -> Iterator[str]:
    if verdicts.caught or verdicts.compliant:
        yield say("cli.eval-verdicts", lang)
    for (of, category, group), tally in sorted(verdicts.caught.items()):
        yield f"  {of:8} {category:24} {group:14}{tally.right:5} / {tally.right + tally.missed}"
    for of, count in sorted(verdicts.compliant.items()):
        values: dict[str, Saying] = {
            "lang": _named(of),
            "clean": str(verdicts.clean[of]),
            "all": str(count),
            "asked": str(verdicts.undecided[of]),
        }
        yield say("cli.eval-compliant", lang, values)


def _errors(scores: _Scores, wanted: str, lang: Lang) -> Iterator[str]:
    for miss in scores.facts.misses:
        if wanted == "all" or miss.name == wanted or miss.name.startswith(f"{wanted}/"):
            yield from _miss(miss, lang)
    if wanted in ("all", "verdicts"):
        for of, case, what, words in scores.verdicts.disagreements:
            how = say("cli.eval-false-alarm" if words else "cli.eval-not-caught", lang)
            yield f"{how:12} {of:8} {case}  {what}  {visible(words)}"


def _miss(miss: Miss, lang: Lang) -> Iterable[str]:
    at = miss.reply.find(miss.quote)
    before = miss.reply[max(0, at - _CONTEXT) : at]
    after = miss.reply[at + len(miss.quote) : at + len(miss.quote) + _CONTEXT]
    what = say("cli.eval-false" if miss.found else "cli.eval-missed", lang)
    instead = f"  → {', '.join(miss.instead)}" if miss.instead else ""
    yield f"{what:7} {miss.lang:8} {miss.case}  {miss.name}{instead}"
    yield f"        {visible(before)}⟦{visible(miss.quote)}⟧{visible(after)}"


def _plain(scores: _Scores) -> dict[str, Any]:
    facts, verdicts = scores.facts, scores.verdicts
    return {
        "version": 1,
        "rows": dict(scores.rows),
        "facts": [
            {"lang": of, "name": name, "presence": _tally(tally), "spans": _tally(facts.spans.get((of, name), Tally()))}
            for (of, name), tally in sorted(facts.presence.items())
        ],
        "macro_f1": {of: facts.macro(of, AT_LEAST) for of in sorted(facts.rows)},
        "alarms_per_100": [
            {"lang": of, "rule": rule, "rate": 100 * count / facts.rows[of]}
            for (of, rule), count in sorted(scores.alarms.items())
        ],
        "violations": [
            {"lang": of, "category": category, "group": group, "caught": t.right, "all": t.right + t.missed}
            for (of, category, group), t in sorted(verdicts.caught.items())
        ],
        "compliant": [
            {"lang": of, "clean": verdicts.clean[of], "undecided": verdicts.undecided[of], "all": count}
            for of, count in sorted(verdicts.compliant.items())
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {"right": tally.right, "wrong": tally.wrong, "missed": tally.missed, "precision": tally.precision,
            "recall": tally.recall, "f1": tally.f1}  # fmt: skip
