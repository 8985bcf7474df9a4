"""What is left to read after a mistake, by where it stands: on a line, in a clause, in a wording."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from replylint.language.chunks import line_starts
from replylint.language.lexemes import LEXEME, PASSED_OVER
from replylint.language.mistakes.lines import goes_on
from replylint.language.mistakes.slips import signs
from replylint.language.mistakes.stop import BLANK, Mistake, line_at
from replylint.language.recovery.parts import joint, replaced
from replylint.language.recovery.pieces import Piece, filled, put, spellings
from replylint.language.terminals import clause_start, statement_start
from replylint.language.unread import UNREAD
from replylint.source.names import section
from replylint.source.spans import Span

# A line that can only belong to the one before.
_CONTINUES = re.compile(r"[ \t\u3000]*(?:(?:and|or|且|或)(?!\w)|[^\w\s])")
_CONDITIONS = ("when", "forbid", "require", "where", "unless")
# Clauses that most rules have once: the second one behind a line that could not be read belongs to another rule.
_MOSTLY_ONCE = ("category", "severity", "forbid", "require")
_TEXTS = ("because", "instead", "to_do", "breaks", "keeps")
_GAP = "…"
_EMPTY = '""'
# What is in the way of what is right without it.
_IN_THE_WAY = ("language.article", "language.no-unit")
# A sign around the clauses of a rule, with its other half.
_BRACES = {"{": "{}", "[": "[]"}
_SIGNS = ("language.stray-sign", "language.comment-sign")


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
    return [_mended(piece, mistake, clause) or put(piece, clause, "")]


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
    return [put(piece, Span(own.start, min(later, default=piece.span.end)), "")]


def _as_meant(piece: Piece, mistake: Mistake, own: Span) -> Piece | None:
    """With the keyword that is most likely meant, in the language that it fits in; None where that is too unsure."""
    near = str(mistake.values.get("near"))
    keyword = section("keywords").find(near)
    behind = piece.text[mistake.span.end : own.end].lstrip(BLANK + ":：")
    text = keyword in _TEXTS and not LEXEME.match(behind)
    if text or not behind or clause_start().match(behind) or keyword not in (*_CONDITIONS, *_TEXTS):
        return None
    room = Span(mistake.span.start, own.end - len(behind))
    form = next((form for form in spellings(near) if len(form) < room.length), None)
    made = filled(piece, room, form) if form else None
    outside = piece.holds == "start" and not piece.text[piece.span.start : own.start].strip()
    return replace(made, holds="clauses") if made and outside else made


def _in_the_way(piece: Piece, mistake: Mistake, own: Span) -> bool:
    """Whether a sign only begins or ends a line or a comment; others say that the rest is of another notation, too."""
    sign = piece.text[mistake.span.start : mistake.span.end]
    begins = not piece.text[own.start : mistake.span.start].strip(BLANK)
    before_line = begins and (sign in signs("bullet") or sign[0].isdigit())
    around = sign in _BRACES and not begins
    return before_line or around or sign in (*signs("emphasis"), *signs("comment"), *signs("end"))


def _without_signs(piece: Piece, mistake: Mistake, own: Span) -> Piece:
    """Without what is only in the way; of a sign that begins a line, without all that begin one."""
    sign = piece.text[mistake.span.start : mistake.span.end]
    if sign in _BRACES:
        pair = re.compile(rf"{PASSED_OVER}|(?P<sign>[{re.escape(_BRACES[sign])}])")
        return _rewritten(piece, pair, lambda m: " " * len(m[0]) if m["sign"] else m[0])
    if sign in signs("emphasis"):
        emphasis = re.compile(rf"{PASSED_OVER}|(?P<sign>{re.escape(sign)})")
        return _rewritten(piece, emphasis, lambda m: " " * len(m[0]) if m["sign"] else m[0])
    if piece.text[own.start : mistake.span.start].strip(BLANK):
        end = own.end if mistake.key == "language.comment-sign" else mistake.span.end
        return put(piece, Span(mistake.span.start, end), "")
    same = r"[0-9０-９]+[.)、．）]" if sign[:1].isdigit() else re.escape(sign)
    rest = "[^\n]*" if mistake.key == "language.comment-sign" else ""
    lines = re.compile(rf"^([{BLANK}]*){same}{rest}", re.MULTILINE)
    return _rewritten(piece, lines, lambda m: m[1].ljust(len(m[0])))


def _rewritten(piece: Piece, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> Piece:
    """A piece with something as long in place of all that a pattern matches."""
    return put(piece, piece.span, pattern.sub(by, piece.text[piece.span.start : piece.span.end]))


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
        return filled(piece, Span(found.end(), end), _EMPTY)
    if keyword not in _CONDITIONS:
        return None
    ended = (p for p in later if not _goes_on(piece, p) and not goes_on(piece.text[:p]))
    return replaced(piece, mistake, Span(found.end(), min(ended, default=clause.end)), UNREAD, "and", "or")


def _without_wording(piece: Piece, mistake: Mistake) -> list[Piece]:
    """With something else in place of the one wording that a mistake is in."""
    behind = piece.span.start if piece.holds == "wordings" else _behind_verb(piece.text, piece.span)
    if behind is None or mistake.culprit < behind:
        return _wordings(piece, mistake)
    found = replaced(piece, mistake, Span(behind, piece.span.end), _GAP, "or")
    return [found] if found else []


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
    found = joint("reads", "also_reads", "never_reads").search(text, span.start, span.end)
    return found.end() if found else None
