"""How `replylint eval` tells what it measured: in words, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from replylint.measure.score import FactScores, Miss, Scores, Tally, VerdictScores
from replylint.render.visible import columns, indented, visible
from replylint.source.messages import Lang, say
from replylint.source.problems import Said, Saying

AT_LEAST = 5
"""Types that stand less often say little: their figures are shown but do not count in the mean."""

_CONTEXT = 60  # characters shown on either side of a disagreement


def eval_text(scores: Scores, errors: str | None, lang: Lang) -> Iterator[str]:
    """Tables line by line; errors: the fact, `all` or `verdicts` of which each disagreement is shown, if any."""
    yield from map(visible, _lines(scores, errors, lang))


def _lines(scores: Scores, errors: str | None, lang: Lang) -> Iterator[str]:
    yield from _fact_table(scores.facts, lang)
    yield from _alarms(scores, lang)
    yield from _confusions(scores.facts, lang)
    yield from _verdict_table(scores.verdicts, lang)
    if errors is not None:
        yield from _errors(scores, errors, lang)


def eval_json(scores: Scores) -> Iterator[str]:
    """The same as one JSON object."""
    yield indented(_plain(scores))


def _fact_table(facts: FactScores, lang: Lang) -> Iterator[str]:
    for of, rows in sorted(facts.rows.items()):
        yield say("render.eval-facts", lang, {"lang": _named(of), "rows": str(rows)})
        presence, spans = say("render.eval-presence", lang), say("render.eval-spans", lang)
        head = f"{'':24}{'n':>5}   {_right(presence, 10)} {'R':>5} {'F1':>5}   {_right(spans, 8)} {'R':>5} {'F1':>5}"
        yield f"  {head}"
        for (language_, name), tally in sorted(facts.presence.items()):
            if language_ == of:
                there = tally.right + tally.missed
                overlaps = facts.spans.get((of, name), Tally())
                yield f"  {name:24}{there:5}   {_prf(tally, 10)}   {_prf(overlaps, 8)}"
        macro = facts.macro(of, AT_LEAST)
        yield say("render.eval-macro", lang, {"n": str(AT_LEAST), "f1": _figure(macro)})
        yield ""


def _named(of: str) -> Saying:
    """The language of rows as it is told; rows need not say theirs."""
    return of or Said("render.eval-no-language")


def _right(words: str, width: int) -> str:
    """Words set to the right; a Chinese character is two columns wide on a terminal."""
    return " " * (width - columns(words)) + words


def _prf(tally: Tally, width: int) -> str:
    return f"{_figure(tally.precision):>{width}} {_figure(tally.recall):>5} {_figure(tally.f1):>5}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _alarms(scores: Scores, lang: Lang) -> Iterator[str]:
    """Errors per 100 replies of each rule on rows labelled by facts."""
    if scores.alarms:
        yield say("render.eval-alarms", lang)
        for (of, rule), count in sorted(scores.alarms.items()):
            yield f"  {of:8} {rule:44}{100 * count / scores.facts.rows[of]:6.1f}"
        yield ""


def _confusions(facts: FactScores, lang: Lang) -> Iterator[str]:
    if facts.confusions:
        yield say("render.eval-confusions", lang)
        for (of, name, instead), count in facts.confusions.most_common(20):
            yield f"  {of:8} {name:24} → {instead or '–':24}{count:5}"
        yield ""


def _verdict_table(verdicts: VerdictScores, lang: Lang) -> Iterator[str]:
    if verdicts.caught or verdicts.compliant:
        yield say("render.eval-verdicts", lang)
    for (of, category, group), tally in sorted(verdicts.caught.items()):
        yield f"  {of:8} {category:24} {group:14}{tally.right:5} / {tally.right + tally.missed}"
    for of, count in sorted(verdicts.compliant.items()):
        values: dict[str, Saying] = {
            "lang": _named(of),
            "clean": str(verdicts.clean[of]),
            "all": str(count),
            "asked": str(verdicts.undecided[of]),
        }
        yield say("render.eval-compliant", lang, values)


def _errors(scores: Scores, wanted: str, lang: Lang) -> Iterator[str]:
    for miss in scores.facts.misses:
        if wanted == "all" or miss.name == wanted or miss.name.startswith(f"{wanted}/"):
            yield from _miss(miss, lang)
    if wanted in ("all", "verdicts"):
        for of, case, what, words in scores.verdicts.disagreements:
            how = say("render.eval-false-alarm" if words else "render.eval-not-caught", lang)
            yield f"{how:12} {of:8} {case}  {what}  {words}"


def _miss(miss: Miss, lang: Lang) -> Iterator[str]:
    at = miss.reply.find(miss.quote)
    before = miss.reply[max(0, at - _CONTEXT) : at]
    after = miss.reply[at + len(miss.quote) : at + len(miss.quote) + _CONTEXT]
    what = say("render.eval-false" if miss.found else "render.eval-missed", lang)
    instead = f"  → {', '.join(miss.instead)}" if miss.instead else ""
    yield f"{what:7} {miss.lang:8} {miss.case}  {miss.name}{instead}"
    yield f"        {before}⟦{miss.quote}⟧{after}"


def _plain(scores: Scores) -> dict[str, Any]:
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
