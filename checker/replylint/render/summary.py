"""What every report for people says at its end: how much was looked at, and under which policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from replylint.evaluate.model import SEVERITIES, Summary
from replylint.render.options import Options
from replylint.render.style import paint
from replylint.render.visible import visible
from replylint.source.messages import say


def summary_lines(summary: Summary, options: Options) -> Iterator[str]:
    """How much was looked at, what was left out and why, and under which policy; lines without line ends."""
    lang = options.lang
    if summary.drafts + summary.could_not_check == 0:
        yield paint(say("render.nothing-checked", lang), "error", options.colour)
    verdicts = ("cleared", "blocked", "needs_person", "could_not_check")
    yield paint(
        say("render.verdicts", lang, {v: str(getattr(summary, v)) for v in verdicts}),
        "strong",
        options.colour,
    )
    found = {say(f"render.{s}", lang): n for s in SEVERITIES if (n := summary.findings.get(s, 0))}
    if found:
        yield say("render.found", lang, {"counts": _join(found, "count", options)})
    sizes = ("drafts", "rules", "evaluations")
    yield say("render.evaluated", lang, {s: f"{getattr(summary, s):,}" for s in sizes})
    if summary.waived or summary.refused:
        values = {"waived": f"{summary.waived:,}", "refused": f"{summary.refused:,}"}
        yield say("render.waivers", lang, values)
    if summary.unwaived:
        yield say("render.waivers-declined", lang, {"number": f"{summary.unwaived:,}"})
    if summary.known is not None:
        yield say("render.baseline", lang, {"known": f"{summary.known:,}", "fixed": f"{summary.fixed:,}"})
    if summary.skipped:
        yield say("render.skipped", lang, {"items": _join(summary.skipped, "times", options)})
    if summary.ignored:
        yield say("render.ignored", lang, {"items": _join(summary.ignored, "times", options)})
    values = {"policy": visible(summary.policy), "revision": visible(summary.revision[:12])}
    now = summary.now.isoformat(sep=" ", timespec="minutes")
    yield say("render.policy" if summary.revision else "render.policy-unread", lang, values | {"now": now})


def _join(counts: Mapping[str, int], key: str, options: Options) -> str:
    items = (say(f"render.{key}", options.lang, {"what": visible(w), "number": f"{n:,}"}) for w, n in counts.items())
    return say("render.between", options.lang).join(items)
