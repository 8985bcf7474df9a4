"""`replylint eval --shuffled`: do replies belong to the reviews that they were written for?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from replylint.api import Checker
from replylint.case.model import Case
from replylint.case.read import read_all
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.progress import counted
from replylint.cli.telling import tell
from replylint.measure.labels import Labels, labels_of
from replylint.measure.shuffle import Pair, Separation, separation
from replylint.render.visible import indented
from replylint.source.messages import Lang, say
from replylint.source.problems import Problem
from replylint.text.pipeline import read


@dataclass(frozen=True)
class _Row:
    """One reply with its review: the file, whether the reply is specific, and whether its label says so."""

    file: str
    pair: Pair
    specific: bool
    labelled: bool


@dataclass(frozen=True)
class _Told:
    """What is told of some of a file's replies; `of` names which."""

    file: str
    of: str
    found: Separation


# Which replies are compared, by the name of the sentence that tells of them.
_CHOSEN: dict[str, Callable[[_Row], bool]] = {
    "all": lambda row: True,
    "specific": lambda row: row.specific,
    "labelled": lambda row: row.labelled,
}


def separate(checker: Checker, paths: Sequence[str], as_json: bool, lang: Lang) -> Exit:
    """Tell for each file: of all replies, of specific ones, and of those that acknowledge something by their label."""
    problems: list[Problem] = []
    rows = list(_rows(checker, paths, problems))
    if problems:
        tell(problems, lang, lang)
        return Exit.COULD_NOT_CHECK
    told = list(_compared(checker, rows))
    if not told:
        printing.line(say("cli.no-reviews", lang), aside=True)
        return Exit.COULD_NOT_CHECK
    if as_json:
        plain = [{"file": t.file, "of": t.of, "share": t.found.share, "replies": t.found.replies} for t in told]
        printing.piece(indented({"version": 1, "shuffled": plain}) + "\n")
    else:
        for t in told:
            values = {"file": t.file, "share": f"{t.found.share:.2f}", "replies": str(t.found.replies)}
            printing.line(say(f"cli.eval-shuffled-{t.of}", lang, values))
    return Exit.CLEARED


def _rows(checker: Checker, paths: Sequence[str], problems: list[Problem]) -> Iterator[_Row]:
    for case in counted(read_all(paths)):
        if isinstance(case, Case) and case.review is not None and case.review.text.strip():
            labels = labels_of(case)
            if isinstance(labels, tuple):
                problems += labels
            else:
                yield _row(checker, case, labels)


def _row(checker: Checker, case: Case, labels: Labels | None) -> _Row:
    review = case.review.text if case.review is not None else ""
    pair = Pair(case.reply.text, review, labels.source if labels is not None else "")
    acknowledges = labels is not None and any(f.type == "acknowledge" and not f.disputed for f in labels.facts)
    specific = checker.extractor.extract(read(pair.reply), read(review)).canned is False
    return _Row(case.source.source.path, pair, specific, acknowledges)


def _compared(checker: Checker, rows: Sequence[_Row]) -> Iterator[_Told]:
    text = cache(read)

    @cache
    def score(reply: str, review: str) -> float:
        return checker.extractor.likeness(text(reply), text(review))

    for file in dict.fromkeys(row.file for row in rows):
        own = [row for row in rows if row.file == file]
        among = [row.pair for row in own]
        for of, chosen in _CHOSEN.items():
            found = separation([row.pair for row in own if chosen(row)], among, score)
            if found is not None:
                yield _Told(file, of, found)
