"""The report as JUnit XML, which build servers show as test results: each draft is a test.

The elements and attributes are those of the Jenkins JUnit plug-in's schema (junit-10.xsd); counts are left to the
reader, so that a report on many drafts can be written draft by draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Summary
from replylint.render.options import Entry, Options
from replylint.render.summary import summary_lines
from replylint.render.text import case_lines
from replylint.render.visible import visible
from replylint.source.messages import say


def junit(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """One suite; a blocked draft or one that needs a person is a failure, one that could not be checked an error."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="replylint">\n'
    for entry in entries:
        if isinstance(entry, Summary):
            yield f"<system-out>{_text(summary_lines(entry, options))}</system-out>\n"
        else:
            yield _case(entry, options)
    yield "</testsuite>\n</testsuites>\n"


def _case(entry: CaseVerdict | CouldNotCheck, options: Options) -> str:
    verdict = entry.verdict if isinstance(entry, CaseVerdict) else "could-not-check"
    name = f"<testcase classname={_value(entry.file)} name={_value(entry.id or entry.file)}"
    told = _text(case_lines(entry, options))
    if verdict == "cleared":
        return f"{name}><system-out>{told}</system-out></testcase>\n" if told else f"{name}/>\n"
    element = "error" if verdict == "could-not-check" else "failure"
    message = _value(say(f"render.{verdict}", options.lang))
    return f'{name}><{element} type="{verdict}" message={message}>{told}</{element}></testcase>\n'


def _text(lines: Iterable[str]) -> str:
    return escape("\n".join(lines).strip("\n"), quote=False)


def _value(text: str) -> str:
    return f'"{escape(visible(text))}"'
