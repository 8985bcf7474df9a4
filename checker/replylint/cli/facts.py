"""`replylint facts`: what a reply says, and where the checker learned to read it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import read_all
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.ground import Ground, ground
from replylint.cli.options import format_option, lang_option, policy_option
from replylint.cli.screen import for_programs
from replylint.cli.telling import tell
from replylint.facts.model import Attribute, Fact
from replylint.language.show import show
from replylint.render.json import dumps, problems_told
from replylint.source.messages import Lang, say
from replylint.source.names import kinds, section
from replylint.source.spans import Embedded
from replylint.source.values import Deadline, Money, Percent, Stated

if TYPE_CHECKING:
    from replylint.api import Checker

_SHOWN = 90  # characters of a wording that are shown; its place leads to the rest


@click.command()
@click.argument("paths", nargs=-1, required=True)
@policy_option
@format_option()
@lang_option
def facts(paths: tuple[str, ...], policy_dir: str | None, format_: str, lang: str | None) -> int:
    """Show every fact that is read from drafts, with the lexicon line it was read by.

    \b
    replylint facts drafts/0042.md
    replylint facts replies.jsonl --format json
    """
    here = ground(policy_dir, lang, paths)
    checker = here.checker_or_tell()
    if checker is None:
        return Exit.COULD_NOT_CHECK
    for_programs(format_)
    return _write_json(checker, paths, here.lang) if format_ == "json" else _write_text(checker, paths, here)


def _write_text(checker: Checker, paths: tuple[str, ...], here: Ground) -> int:
    seen = Exit.COULD_NOT_CHECK
    worst = Exit.CLEARED
    for case in read_all(paths):
        if isinstance(case, Unreadable):
            tell(case.problems, here.chosen, here.lang)
            worst = Exit.COULD_NOT_CHECK
        elif isinstance(case, Case):
            seen = Exit.CLEARED
            for line in _lines(case, checker, here.lang):
                printing.line(line)
    if seen:
        printing.line(say("cli.nothing-to-check", here.lang), aside=True)
    return max(seen, worst)


def _lines(case: Case, checker: Checker, lang: Lang) -> Iterator[str]:
    reading = checker.judge.situation(case).reading
    yield f"{case.id}  {case.source.source.path}"
    for fact in reading.reply_facts:
        yield from _fact_lines(fact, case.reply, lang)
    if reading.left_out:
        yield f"  {say('cli.leaves-out', lang, {'issues': _spelt(reading.left_out, lang)})}"
    if case.review is not None and reading.review_facts:
        yield f"  {say('cli.in-review', lang)}"
        for fact in reading.review_facts:
            yield from _fact_lines(fact, case.review, lang)
    if not reading.reply_facts:
        yield f"  {say('cli.no-facts', lang)}"


def _spelt(issues: Sequence[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(kinds("issue").spell(issue, lang) for issue in issues)


def _fact_lines(fact: Fact, text: Embedded, lang: Lang) -> Iterator[str]:
    name = section("facts").spell(fact.type, lang)
    kind = f" · {kinds(fact.type).spell(fact.kind, lang)}" if fact.kind else ""
    yield f"  {text.locate(fact.span)}  {name}{kind}  {fact.quote}"
    for key, attribute in fact.attributes.items():
        words = text.text[attribute.span.start : attribute.span.end]
        value = "" if isinstance(attribute.value, Deadline | str) else f" = {show(attribute.value, lang)}"
        yield f"      {section('attributes').spell(key, lang)}: {words}{value}"
    if fact.certainty != "definite":
        yield f"      {section('choices').spell(fact.certainty, lang)}"
    for cue, span in fact.context.items():
        yield f"      {kinds('cue').spell(cue, lang)}: {text.text[span.start : span.end]}"
    if fact.issues:
        yield f"      {say('cli.takes-up', lang, {'issues': _spelt(fact.issues, lang)})}"
    if fact.wording is not None:
        words = textwrap.shorten(fact.wording.words, _SHOWN, placeholder=" …")
        yield f"      {say('cli.read-by', lang, {'place': str(fact.wording), 'words': words})}"


def _write_json(checker: Checker, paths: tuple[str, ...], lang: Lang) -> int:
    """A list of cases; each row is written as soon as it is read. What cannot be read is told as `check` tells it."""
    worst = Exit.CLEARED
    count = 0
    printing.piece("[")
    for case in read_all(paths):
        if isinstance(case, Skipped):
            continue
        if isinstance(case, Unreadable):
            worst = Exit.COULD_NOT_CHECK
            told = {"problems": problems_told(case.placed, lang)}
            row: dict[str, Any] = {"id": case.id, "file": case.path, "error": told}
        else:
            row = {"id": case.id, "facts": [_row(fact, case.reply.text) for fact in checker.facts(case)]}
        printing.piece(("," if count else "") + "\n" + dumps(row))
        count += 1
    printing.piece("\n]\n")
    return worst if count else Exit.COULD_NOT_CHECK


def _row(fact: Fact, text: str) -> dict[str, Any]:
    row: dict[str, Any] = {"type": fact.type}
    if fact.kind:
        row["kind"] = fact.kind
    row |= {"quote": fact.quote, "start": fact.span.start, "end": fact.span.end, "certainty": fact.certainty}
    for name, attribute in fact.attributes.items():
        row |= _attribute(name, attribute, text)
    if fact.context:
        row["context"] = {cue: [span.start, span.end] for cue, span in fact.context.items()}
    if fact.issues:
        row["issues"] = list(fact.issues)
    if fact.wording is not None:
        row["wording"] = str(fact.wording)
    return row


def _attribute(name: str, attribute: Attribute, text: str) -> dict[str, Any]:
    """A number where the value is one; for a deadline or a person the words themselves."""
    value, span = attribute.value, attribute.span
    place = {f"{name}_span": [span.start, span.end]}
    match value:
        case Money(amount, currency):
            return {name: _number(amount), "currency": currency, **place}
        case Percent(amount):
            return {name: _number(amount), **place}
        case Stated():
            return {name: value.value, **place}
        case Decimal():
            return {name: _number(value), **place}
    return {name: text[span.start : span.end], **place}


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
