"""What is left to read of a statement after a mistake: all that the mistake does not touch, at the same offsets.

What is wrong is blanked out, or something sound that no longer is put in its place. Statements that were read so are
never used: they are looked into, so that the other mistakes in them are told in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from replylint.language import syntax as s
from replylint.language.chunks import line_starts
from replylint.language.lexemes import LEXEME, PASSED_OVER, TEXT
from replylint.language.mistakes.lines import goes_on
from replylint.language.mistakes.slips import signs
from replylint.language.mistakes.stop import BLANK, Mistake, line_at
from replylint.language.names import section
from replylint.language.terminals import clause_start, statement_start
from replylint.language.unread import UNREAD
from replylint.source.spans import Span

# A line that can only belong to the one before.
_CONTINUES = re.compile(r"[ \t\u3000]*(?:(?:and|or|且|或)(?!\w)|[^\w\s])")
_CONDITIONS = ("when", "forbid", "require", "where", "unless")
# Clauses that most rules have once: the second one behind a line that could not be read belongs to another rule.
_MOSTLY_ONCE = ("category", "severity", "forbid", "require")
_TEXTS = ("because", "instead", "to_do", "breaks", "keeps")
_GAP = "…"
_EMPTY = '""'
_PARENTHESES = ("language.open-parenthesis", "language.stray-parenthesis")
# What is in the way of what is right without it.
_IN_THE_WAY = ("language.article", "language.no-unit")
_SIGNS = ("language.stray-sign", "language.comment-sign")
# Mistakes that a condition makes as a whole.
_WHOLE = ("language.too-deep",)
_BARE_VALUE = re.compile(rf"\s*(?:[0-9０-９][\w.,，%％]*(?:\s+\w+)?|{TEXT})\s*")


@dataclass(frozen=True)
class Piece:
    """A part of a text that is read by itself, and what it holds.

    clauses, wordings: of a rule or phrase whose head could not be read; `name` is the phrase's, as far as it is known.
    """

    text: str
    span: Span
    holds: Literal["start", "clauses", "wordings"] = "start"
    name: str = ""

    def begun(self, pattern: re.Pattern[str]) -> list[int]:
        """The lines that begin as a pattern says."""
        return [start for start in line_starts(self.text, self.span) if pattern.match(self.text, start)]

    def keyword(self, line: int) -> str | None:
        """The canonical name of the keyword of the clause that begins at a line."""
        found = clause_start().match(self.text, line)
        return section("keywords").find(found["word"].rstrip(":：" + BLANK)) if found else None


def left(piece: Piece, mistake: Mistake) -> list[Piece]:
    """What is to be read after a mistake; nothing when the rest says no more."""
    own = line_at(piece.text, mistake.culprit)
    if mistake.key in _IN_THE_WAY or (mistake.key in _SIGNS and _in_the_way(piece, mistake, own)):
        return [_without_signs(piece, mistake, own)]
    if mistake.own_line and own.start >= piece.span.start:
        return _without_line(piece, mistake, own)
    if _holds_wordings(piece):
        return _without_wording(piece, mistake)
    clause = _clause(piece, mistake.culprit)
    if clause is None:
        return _clauses(piece, Span(line_at(piece.text, mistake.span.end).end, piece.span.end))
    return [_mended(piece, mistake, clause) or _blanked(piece, clause)]


def _holds_wordings(piece: Piece) -> bool:
    """Whether a piece holds a phrase or a reading, or wordings of one; all else are clauses."""
    head = next((statement_start().match(piece.text, line) for line in piece.begun(statement_start())), None)
    named = section("keywords").find(head[0].strip(BLANK + ":：")) if head else None
    return piece.holds == "wordings" or (head is not None and named != "rule")


def _without_line(piece: Piece, mistake: Mistake, own: Span) -> list[Piece]:
    """Without a line that begins with no keyword, and what goes on from it; it may have been a statement's head."""
    behind = Span(min(own.end, piece.span.end), piece.span.end)
    first = not piece.text[piece.span.start : own.start].strip()
    before = [] if first else [replace(piece, span=Span(piece.span.start, own.start))]
    if mistake.statement and _meant_for_wordings(piece, mistake):
        return [*before, *_wordings(piece, mistake)]
    if not mistake.statement and (meant := _as_meant(piece, mistake, own)):
        return [meant]
    if first and not mistake.statement:
        behind = Span(min(piece.begun(clause_start()), default=behind.end), behind.end)
    if mistake.statement or first or _begins_anew(piece, own):
        return [*before, *_clauses(piece, behind)]
    later = (p for p in line_starts(piece.text, piece.span) if p > own.start and not _goes_on(piece, p))
    return [_blanked(piece, Span(own.start, min(later, default=piece.span.end)))]


def _as_meant(piece: Piece, mistake: Mistake, own: Span) -> Piece | None:
    """With the keyword that is most likely meant, in the language that it fits in; None where that is too unsure."""
    keyword = section("keywords").find(str(mistake.values.get("near")))
    forms = [form for some in section("keywords").spellings[keyword].values() for form in some] if keyword else []
    behind = piece.text[mistake.span.end : own.end].lstrip(BLANK + ":：")
    text = keyword in _TEXTS and not LEXEME.match(behind)
    if text or not behind or clause_start().match(behind) or keyword not in (*_CONDITIONS, *_TEXTS):
        return None
    room = Span(mistake.span.start, own.end - len(behind))
    form = next((form for form in (str(mistake.values["near"]), *forms) if len(form) < room.length), None)
    return _with(piece, room, form) if form else None


def _in_the_way(piece: Piece, mistake: Mistake, own: Span) -> bool:
    """Whether a sign only begins or ends a line or a comment; others say that the rest is of another notation, too."""
    sign = piece.text[mistake.span.start : mistake.span.end]
    begins = not piece.text[own.start : mistake.span.start].strip(BLANK)
    before_line = begins and (sign in signs("bullet") or sign[0].isdigit())
    return before_line or sign in (*signs("comment"), *signs("end"))


def _without_signs(piece: Piece, mistake: Mistake, own: Span) -> Piece:
    """Without what is only in the way; of a sign that begins a line, without all that begin one."""
    sign = piece.text[mistake.span.start : mistake.span.end]
    if piece.text[own.start : mistake.span.start].strip(BLANK):
        end = own.end if mistake.key == "language.comment-sign" else mistake.span.end
        return _blanked(piece, Span(mistake.span.start, end))
    same = r"[0-9０-９]+[.)、．）]" if sign[:1].isdigit() else re.escape(sign)
    rest = "[^\n]*" if mistake.key == "language.comment-sign" else ""
    lines = re.compile(rf"^([{BLANK}]*){same}{rest}", re.MULTILINE)
    start, end = piece.span
    bare = lines.sub(lambda m: m[1].ljust(len(m[0])), piece.text[start:end])
    return replace(piece, text=piece.text[:start] + bare + piece.text[end:])


def _begins_anew(piece: Piece, own: Span) -> bool:
    """Whether the clauses after a line are those of another rule."""
    lines = piece.begun(clause_start())
    before = {piece.keyword(line) for line in lines if line < own.start}
    after = {piece.keyword(line) for line in lines if line > own.start}
    return not before.isdisjoint(after.intersection(_MOSTLY_ONCE))


def _clauses(piece: Piece, span: Span) -> list[Piece]:
    """The clauses behind a head that could not be read."""
    within = Piece(piece.text, span, "clauses")
    return [within] if within.begun(clause_start()) else []


def _clause(piece: Piece, culprit: int) -> Span | None:
    """The clause that a place is in, with the case of an example; a given of one by itself."""
    starts = piece.begun(clause_start())
    start = max((p for p in starts if p <= culprit), default=None)
    if start is None:
        return None
    given = piece.keyword(start) == "given"
    later = (p for p in starts if p > start and (given or piece.keyword(p) != "given"))
    return Span(start, min(later, default=piece.span.end))


def _goes_on(piece: Piece, line: int) -> bool:
    """Whether a line belongs to the clause before: it is blank, begins with a joint, or gives an example its case."""
    return bool(_CONTINUES.match(piece.text, line)) or piece.keyword(line) == "given"


def _mended(piece: Piece, mistake: Mistake, clause: Span) -> Piece | None:
    """With something else in place of the one condition, or the text, that a mistake is in; None where it cannot be."""
    found = clause_start().match(piece.text, clause.start)
    keyword = piece.keyword(clause.start)
    if found is None or mistake.culprit < found.end():
        return None
    later = [p for p in line_starts(piece.text, clause) if p > mistake.span.end]
    if keyword in _TEXTS:
        end = min((p for p in later if piece.keyword(p)), default=clause.end)
        return _with(piece, Span(found.end(), end), _EMPTY)
    if keyword not in _CONDITIONS:
        return None
    ended = (p for p in later if not _goes_on(piece, p) and not goes_on(piece.text[:p]))
    return _replaced(piece, mistake, Span(found.end(), min(ended, default=clause.end)), UNREAD, "and", "or")


def _without_wording(piece: Piece, mistake: Mistake) -> list[Piece]:
    """With something else in place of the one wording that a mistake is in."""
    behind = piece.span.start if piece.holds == "wordings" else _behind_verb(piece.text, piece.span)
    if behind is None or mistake.culprit < behind:
        return _wordings(piece, mistake)
    found = _replaced(piece, mistake, Span(behind, piece.span.end), _GAP, "or")
    return [found] if found else []


def _replaced(piece: Piece, mistake: Mistake, within: Span, stand_in: str, *joints: str) -> Piece | None:
    """A piece with a stand-in for the part between joints that a mistake is in; None when that has been tried."""
    if mistake.key in _PARENTHESES:
        return _without_parentheses(piece, within)
    if within.start <= mistake.span.start and _joint(*joints).fullmatch(piece.text, *mistake.span):
        return _blanked(piece, mistake.span)
    part = within if mistake.key in _WHOLE else _part(piece.text, within, mistake, _joint(*joints))
    return _with(piece, part, stand_in)


def _with(piece: Piece, part: Span, stand_in: str) -> Piece | None:
    """With a stand-in for a part; None when there is no room for it, or it is there already."""
    start = part.end - len(piece.text[part.start : part.end].lstrip())
    old = piece.text[start : part.end]
    new = stand_in + _blank(old[len(stand_in) :])
    if len(old) < len(stand_in) or old == new:
        return None
    return replace(piece, text=piece.text[:start] + new + piece.text[part.end :])


def _without_parentheses(piece: Piece, within: Span) -> Piece:
    """Without any parentheses: which of them was meant to open or close what, nobody can tell."""
    inside = LEXEME.sub(lambda m: " " if m["sign"] else m[0], piece.text[within.start : within.end])
    return replace(piece, text=piece.text[: within.start] + inside + piece.text[within.end :])


def _part(text: str, within: Span, mistake: Mistake, joint: re.Pattern[str]) -> Span:
    """The part between joints that a mistake is in, or within parentheses; numbers and texts behind belong to it."""
    marks = [Span(*m.span()) for m in _marks(joint).finditer(text, within.start, within.end) if not m["passed"]]
    first, last = min(mistake.span.start, mistake.culprit), max(mistake.span.end, mistake.culprit)
    start = max((m.end for m in marks if m.end <= first), default=within.start)
    ends = [*_ends(text, [m for m in marks if m.start >= start], last), within.end]
    whole = (end for end, after in pairwise([*ends, within.end]) if not _value_follows(text, Span(end, after), joint))
    return Span(start, next(whole))


def _value_follows(text: str, span: Span, joint: re.Pattern[str]) -> bool:
    """Whether a joint is followed by nothing but a value, as in `or 3`."""
    found = joint.match(text, span.start)
    return bool(found and _BARE_VALUE.fullmatch(text, found.end(), span.end))


def _ends(text: str, marks: list[Span], last: int) -> Iterator[int]:
    """Where a part can end behind some place: at a joint, or before a parenthesis that closes what is around."""
    depth = 0
    for mark in marks:
        sign = text[mark.start]
        if mark.start >= last and depth == 0:
            yield mark.start
        depth += (sign in "(（") - (sign in ")）")
        if depth < 0:
            return


@cache
def _joint(*names: str) -> re.Pattern[str]:
    """Matches the keywords that join, as whole words."""
    forms = [form for name in names for some in section("keywords").spellings[name].values() for form in some]
    return re.compile(rf"(?<![\w\-])(?:{'|'.join(map(re.escape, forms))})(?![\w\-])", re.IGNORECASE)


@cache
def _marks(joint: re.Pattern[str]) -> re.Pattern[str]:
    """Matches what parts conditions, and what is passed over while looking for it."""
    return re.compile(rf"(?P<passed>{PASSED_OVER})|{joint.pattern}|[()（）]", re.IGNORECASE)


def _meant_for_wordings(piece: Piece, mistake: Mistake) -> bool:
    """Whether a misspelt head was meant for a phrase or a reading."""
    behind = _behind_verb(piece.text, Span(mistake.span.start, line_at(piece.text, mistake.span.start).end))
    near = section("keywords").find(str(mistake.values.get("near")))
    return behind is not None or near in ("also_reads", "never_reads")


def _wordings(piece: Piece, mistake: Mistake) -> list[Piece]:
    """The wordings behind a head that could not be read."""
    line = line_at(piece.text, mistake.span.start)
    behind = _behind_verb(piece.text, Span(line.start, line.end)) or mistake.span.end
    if piece.holds == "wordings" or not piece.text[behind : piece.span.end].strip():
        return []
    statement = re.compile(r"^\w", re.MULTILINE).search(piece.text, behind, piece.span.end)
    end = statement.start() if statement else piece.span.end
    name = re.search(r"([\w\-]+)[ \t\u3000]+\S+\Z", piece.text[mistake.span.end : behind])
    wordings = Piece(piece.text, Span(behind, end), "wordings", name[1] if name else "")
    return [wordings, Piece(piece.text, Span(end, piece.span.end))] if statement else [wordings]


def _behind_verb(text: str, span: Span) -> int | None:
    """Where the wordings of a phrase or a reading begin."""
    found = _joint("reads", "also_reads", "never_reads").search(text, span.start, span.end)
    return found.end() if found else None


def _blanked(piece: Piece, span: Span) -> Piece:
    blank = _blank(piece.text[span.start : span.end])
    return replace(piece, text=piece.text[: span.start] + blank + piece.text[span.end :])


def _blank(text: str) -> str:
    return "".join("\n" if c == "\n" else " " for c in text)


def statements_of(piece: Piece, read: Any) -> tuple[s.Statement, ...]:
    """The statements that the reading of a piece has made; they stand without a head where it could not be read."""
    if piece.holds == "start":
        return tuple(read)
    name = s.Word(piece.name, Span(piece.span.start, piece.span.start))
    if piece.holds == "clauses":
        return (s.Rule(name, read, piece.span),)
    return (s.Phrase(name, tuple(read), piece.span),)
