"""The baseline: findings that were there when the checks were taken up, which do not count until they are fixed.

An entry is a rule and the words found, in a draft; how often it may occur is counted, so that a new finding can take
no old one's place, and where in the file it stands does not matter.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from replylint.case.model import Case
from replylint.evaluate.model import CaseVerdict, Severity, judged_anew
from replylint.source.digests import text_digest
from replylint.source.failures import reason_of
from replylint.source.problems import PolicyError, Problem
from replylint.source.spans import Source
from replylint.source.unmerged import unmerged
from replylint.waivers.identity import Point, words_digest

VERSION = 1

Entry = tuple[str, str]  # rule, digest of the words
Entries = Mapping[str, Counter[Entry]]  # by draft


@dataclass
class Baseline:
    """A baseline in use: what it knows, and what of it was met in this run.

    entries: as read; empty for a baseline that is yet to be written. home: the folder that drafts' files are named
    from. met: what the drafts of this run hold.
    """

    entries: Entries
    home: Path
    fail_level: Severity = "error"
    met: dict[str, Counter[Entry]] = field(default_factory=dict)

    def apply(self, case: Case, verdict: CaseVerdict) -> CaseVerdict:
        """The verdict without what the baseline knows; `known` says how much that is."""
        draft = draft_key(case, self.home)
        points: tuple[Point, ...] = (*verdict.findings, *verdict.undecided)
        self.met[draft] = Counter(_entry(point) for point in points)
        left = Counter(self.entries.get(draft, Counter[Entry]()))
        findings = tuple(f for f in verdict.findings if not _taken(f, left))
        undecided = tuple(u for u in verdict.undecided if not _taken(u, left))
        known = len(verdict.findings) + len(verdict.undecided) - len(findings) - len(undecided)
        return replace(judged_anew(verdict, findings, undecided, self.fail_level), known=known)

    @property
    def fixed(self) -> int:
        """How many entries of the drafts of this run no longer occur."""
        return sum((self.entries.get(draft, Counter[Entry]()) - met).total() for draft, met in self.met.items())

    def without_fixed(self, entries: Entries) -> Entries:
        """The entries that still occur, and those of drafts that this run did not look at."""
        kept = {draft: counts & self.met.get(draft, counts) for draft, counts in entries.items()}
        return {draft: counts for draft, counts in kept.items() if counts}


def draft_key(case: Case, home: Path) -> str:
    """By what a draft is known again: its stated id, else its file, else, for one row of many, its words.

    A file is named from `home`, wherever the run was started and however the file was spelled there.
    """
    if "id" in case.fields:
        return case.id
    if "#" not in case.id:
        return _from(home, case.source.source.path)
    return text_digest(f"{case.review.text if case.review else ''}\n{case.reply.text}")


def _from(home: Path, path: str) -> str:
    try:
        return Path(os.path.relpath(path, home)).as_posix()
    except ValueError:  # on another drive
        return path


def read_baseline(path: Path, shown: str) -> Entries:
    """The entries of a baseline file, named `shown` to people.

    Raises PolicyError when it cannot be read, FileNotFoundError when there is none.
    """
    try:
        data = path.read_bytes()
        torn = unmerged(Source(shown, data.decode("utf-8", "replace")))
        if torn is not None:
            raise PolicyError([torn])
        plain = json.loads(data)
        if plain["version"] != VERSION:
            raise ValueError(plain["version"])
        return {
            draft: Counter({(e["rule"], e["words"]): _count(e["count"]) for e in entries})
            for draft, entries in plain["drafts"].items()
        }
    except FileNotFoundError:
        raise
    except OSError as error:
        values = {"name": shown, "reason": reason_of(error)}
        raise PolicyError([Problem("case.cannot-open", None, values)]) from error
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise PolicyError([Problem("waivers.no-baseline", None, {"path": shown})]) from error


def baseline_text(entries: Entries) -> str:
    """A baseline file's text, one entry a line, in a stable order."""
    drafts = ",\n".join(f" {json.dumps(draft, ensure_ascii=False)}: [\n{_lines(entries[draft])}\n ]"
                        for draft in sorted(entries) if entries[draft])  # fmt: skip
    return f'{{"version": {VERSION}, "drafts": {{\n{drafts}\n}}}}\n'


def _lines(counts: Counter[Entry]) -> str:
    return ",\n".join(
        "  " + json.dumps({"rule": rule, "words": words, "count": count}, ensure_ascii=False)
        for (rule, words), count in sorted(counts.items())
    )


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(value)
    return value


def _entry(point: Point) -> Entry:
    return point.rule, words_digest(point)


def _taken(point: Point, left: Counter[Entry]) -> bool:
    entry = _entry(point)
    if left[entry] < 1:
        return False
    left[entry] -= 1
    return True
