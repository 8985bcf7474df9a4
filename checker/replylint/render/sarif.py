"""The report as SARIF 2.1.0 (OASIS Standard, 2020), for code scanning and editors."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from replylint.case.waivers import Waiver
from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Finding, Label, Severity, Summary, Undecided
from replylint.render.json import dumps
from replylint.render.options import Entry, Options, Point, points, way_out
from replylint.render.places import place_of
from replylint.render.visible import visible
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem
from replylint.source.spans import Location

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}


def sarif(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """One run with a result for each finding and undecided rule; what could not be checked is a notification.

    The rules are told after the results that name them, so that results can be handed on one by one.
    """
    rules: dict[str, Point] = {}
    notifications: list[dict[str, Any]] = []
    invocation: dict[str, Any] = {}
    yield f'{{"$schema": {dumps(SCHEMA)}, "version": "2.1.0", "runs": ['
    yield '{"columnKind": "unicodeCodePoints", "results": ['
    between = "\n"
    for entry in entries:
        if isinstance(entry, Summary):
            invocation = _counts(entry)
        elif isinstance(entry, CouldNotCheck):
            notifications.extend(_notification(p, entry, options.lang) for p in entry.problems)
        else:
            for result in _results(entry, rules, options.lang):
                yield between + dumps(result)
                between = ",\n"
    # A run that ended early, or could not check something, has not succeeded, whatever it found.
    invocation |= {
        "executionSuccessful": bool(invocation) and not notifications,
        "toolExecutionNotifications": notifications,
    }
    yield f'\n], "tool": {dumps(_tool(rules, options))}, "invocations": [{dumps(invocation)}]}}]}}\n'


def _results(case: CaseVerdict, rules: dict[str, Point], lang: Lang) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    waived = {id(each.point): each for each in case.waived}
    for point in (*points(case), *(each.point for each in case.waived)):
        rules.setdefault(point.rule, point)
        result = _result(point, case, list(rules).index(point.rule), lang)
        if id(point) in waived:
            result["suppressions"] = [_suppression(waived[id(point)].waiver)]
        print_ = _fingerprint(point, case)
        seen[print_] += 1
        yield result | {"partialFingerprints": {"ruleAndWords/v1": f"{print_}:{seen[print_]}"}}


def _result(point: Point, case: CaseVerdict, index: int, lang: Lang) -> dict[str, Any]:
    undecided = isinstance(point, Undecided)
    labels = point.labels
    result = {
        "ruleId": point.rule,
        "ruleIndex": index,
        # SARIF allows no level besides "none" for what a person has to review.
        "kind": "review" if undecided else "fail",
        "level": "none" if undecided else _LEVELS[point.severity],
        "message": {"text": _plain(_message(point, lang))},
        "locations": [_location(labels[0].where) if labels else _file(case.file)],
        "properties": {"case": case.id, "verdict": case.verdict, "category": point.category},
    }
    if labels[1:]:
        result["relatedLocations"] = [_related(i, label, lang) for i, label in enumerate(labels[1:], start=1)]
    return result


def _suppression(waiver: Waiver) -> dict[str, Any]:
    """That a person lets it stand, and why."""
    said = f"{waiver.reason} ({waiver.by}, {waiver.role}, {waiver.until.isoformat()})"
    kind = "external" if waiver.draft else "inSource"
    return {"kind": kind, "status": "accepted", "justification": _plain(said)}


def _message(point: Point, lang: Lang) -> str:
    if isinstance(point, Finding):
        notes = list(way_out(point, lang))
    else:
        notes = [("unknown", describe(p, lang)[0]) for p in point.missing]
    lines = (say("render.at", lang, {"label": say(f"render.{k}", lang), "text": text}) for k, text in notes)
    return "\n".join((point.message.said(lang), *lines))


def _plain(text: str) -> str:
    """A message without invisible signs, links `[…](…)` and placeholders `{0}`, which SARIF reads in any message."""
    lines = "\n".join(map(visible, text.splitlines())).replace("](", "] (")
    return re.sub(r"\{(\d+)\}", r"{{\1}}", lines)


def _fingerprint(point: Point, case: CaseVerdict) -> str:
    """The same for the same words in the same draft, wherever in the file they come to stand."""
    words = [label.where.words for label in point.labels if label.role == "draft"]
    return hashlib.sha256("\0".join((point.rule, case.id, *words)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _location(where: Location) -> dict[str, Any]:
    place = place_of(where)
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "snippet": {"text": where.words},
    }
    return {"physicalLocation": _file(place.file)["physicalLocation"] | {"region": region}}


def _file(path: str) -> dict[str, Any]:
    pure = PurePath(path)
    uri = quote(pure.as_posix(), safe="/:" if pure.drive else "/", errors="replace")
    if pure.is_absolute():
        return {"physicalLocation": {"artifactLocation": {"uri": f"file:///{uri.lstrip('/')}"}}}
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}}


def _related(id_: int, label: Label, lang: Lang) -> dict[str, Any]:
    return {
        "id": id_,
        "message": {"text": say(f"render.related-{label.role}", lang)},
        **_location(label.where),
    }


def _notification(problem: Problem, entry: CouldNotCheck, lang: Lang) -> dict[str, Any]:
    sentence, help_text = describe(problem, lang)
    where = _location(problem.where) if problem.where else _file(entry.file)
    return {
        "level": "error",
        "message": {"text": _plain("\n".join(filter(None, (sentence, help_text))))},
        "descriptor": {"id": problem.key},
        "locations": [where],
    }


def _counts(summary: Summary) -> dict[str, Any]:
    counts = ("drafts", "cleared", "blocked", "needs_person", "could_not_check", "rules", "evaluations")
    properties = {k: getattr(summary, k) for k in counts} | {
        "skipped": dict(summary.skipped),
        "ignored": dict(summary.ignored),
        "waived": summary.waived,
        "waivers_refused": summary.refused,
        "unwaived": summary.unwaived,
        "policy": summary.policy,
        "revision": summary.revision,
        "now": summary.now.isoformat(),
    }
    return {"properties": properties}


def _tool(rules: dict[str, Point], options: Options) -> dict[str, Any]:
    driver = {
        "name": "replylint",
        "version": options.version,
        "rules": [_rule(name, point, options) for name, point in rules.items()],
    }
    return {"driver": driver}


def _rule(name: str, point: Point, options: Options) -> dict[str, Any]:
    page = options.pages.get(name, "").strip()
    rule: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": name.replace("-", " ")},
        "defaultConfiguration": {"level": _LEVELS[point.severity]},
        "properties": {"tags": _tags(point.category)},
    }
    return rule | ({"fullDescription": {"text": page}, "help": {"text": page}} if page else {})


def _tags(category: str) -> Sequence[str]:
    return [category] if category else []
