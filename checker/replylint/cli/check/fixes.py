"""Mends drafts where nothing that is promised changes: characters that only look right are spelt plainly."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from replylint.case.encoding import decode, encoded_like
from replylint.case.model import Case
from replylint.cli import printing
from replylint.cli.check.drafts import Drafts
from replylint.render.visible import visible
from replylint.source.failures import ChangedError
from replylint.source.locks import alone
from replylint.source.messages import Lang, say
from replylint.source.spans import Source
from replylint.source.writing import rewrite
from replylint.text.pipeline import read
from replylint.text.plainly import plain_edits

_SUFFIXES = (".md", ".txt")


@dataclass(frozen=True)
class Mended:
    """A draft's file as it was and as it is to be; `number`: how many characters differ."""

    path: Path
    before: str
    after: str
    number: int


def mended(drafts: Drafts) -> Iterator[Mended]:
    """The drafts that can be mended: files of one draft whose reply stands there letter by letter."""
    for case in drafts.read():
        if not isinstance(case, Case) or not isinstance(case.reply.origin, int):
            continue
        path = Path(case.source.source.path)
        edits = plain_edits(read(case.reply.text)) if path.suffix.lower() in _SUFFIXES else ()
        if not edits:
            continue
        after = before = case.source.source.text
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            start, end = case.reply.origin + edit.start, case.reply.origin + edit.end
            after = after[:start] + edit.text + after[end:]
        yield Mended(path, before, after, len(edits))


def show(each: Mended) -> None:
    """Print what would change, with what cannot be seen spelt out."""
    before, after = (list(map(visible, text.splitlines())) for text in (each.before, each.after))
    printing.lines(difflib.unified_diff(before, after, str(each.path), str(each.path), lineterm=""))


def write(each: Mended, lang: Lang) -> None:
    """Put the mended text in the file's place, in its encoding. Raises ChangedError, and OSError."""
    with alone(each.path.parent):
        data = each.path.read_bytes()
        now = decode(data, str(each.path))
        if not isinstance(now, Source) or now.text != each.before:
            raise ChangedError(None, None, str(each.path))
        rewrite(each.path, data, encoded_like(each.after, data))
    printing.line(say("cli.mended", lang, {"path": each.path.as_posix(), "number": str(each.number)}), aside=True)
