"""The terminals of the grammar that are made from the table of names: keywords, units, heads of readings."""

from __future__ import annotations

import re
from functools import cache

from replylint.source.names import section
from replylint.source.resources import grammar_text

# A word goes on while these follow; a keyword must end before.
_WORD_END = r"(?![\w\-]|\.\w)"
_SPACE = r"[ \t\u3000]+"
# After a clause keyword a colon may stand, as in 「理由：」.
_COLON = r"(?:[ \t\u3000]*[:：])?"

STATEMENTS = ("rule", "phrase")
CLAUSES = (
    "category", "severity", "clause", "when", "forbid", "require", "where", "unless", "if_unknown", "because",
    "instead", "to_do", "breaks", "keeps", "given",
)  # fmt: skip
# Words that join a condition or a wording; a name that reads like one would mean something else than it seems.
_JOINTS = (
    "and", "or", "not", "of", "is", "is_not", "at_most", "at_least", "more_than", "less_than", "equals", "one_of",
    "is_present", "is_missing", "action", "within", "approved_by", "yes", "no", "maybe",
    "along_with", "without", "reads",
)  # fmt: skip


def grammar() -> str:
    """The whole grammar: `rules.lark` and the terminals made from the table."""
    lines = [f"{name.upper()}.2: /{_keyword(name)}/" for name in section("keywords").spellings]
    spellings = section("keywords").spellings
    reserved = _alternatives([s for k in STATEMENTS + CLAUSES + _JOINTS for s in _words(spellings[k])])
    lines.append(f"NAME: /(?!{reserved})[^\\W\\d][\\w\\-]*/")
    units = section("units").spellings
    # ISO 4217 codes are the keys in capitals.
    lines.append(f"CURRENCY.3: /{_alternatives([s for u in units if u.isupper() for s in _all(units[u])])}/")
    # `amount 5 percent 10` gives two parameters: a unit that is also a parameter's name is not followed by a number.
    shared = _alternatives([s for s in section("parameters").all_spellings() if section("units").find(s)])
    measures = _alternatives([s for u in units if not u.isupper() for s in _all(units[u])])
    lines.append(f"UNIT.3: /(?!{shared}{_SPACE}[0-9０-９]){measures}/")
    lines.append(f"HEAD.4: /{_head()}/")
    return grammar_text("rules.lark") + "\n" + "\n".join(lines) + "\n"


@cache
def statement_start() -> re.Pattern[str]:
    """Matches at the start of a line that begins a rule, a phrase or a reading."""
    words = "|".join(_keyword(name) for name in STATEMENTS)
    return re.compile(rf"[ \t\u3000\ufeff]*(?:{words}|{_head()})", re.IGNORECASE)


@cache
def clause_start() -> re.Pattern[str]:
    """Matches at the start of a line that begins a clause; the group `word` is the keyword."""
    words = "|".join(_keyword(name) for name in CLAUSES)
    return re.compile(rf"[ \t\u3000\ufeff]*(?P<word>{words})", re.IGNORECASE)


def _keyword(name: str) -> str:
    pattern = _alternatives(_all(section("keywords").spellings[name]))
    return pattern + _COLON if name in STATEMENTS + CLAUSES else pattern


def _head() -> str:
    reads = "|".join(_keyword(name) for name in ("also_reads", "never_reads"))
    # `forbid hostility also reads` is a clause that goes on wrongly, not a fact.
    keywords = _alternatives([s for k in STATEMENTS + CLAUSES for s in _all(section("keywords").spellings[k])])
    return rf"(?!{keywords})[^\W\d][\w\-]*(?:{_SPACE}[\w\-]+){{0,6}}?(?={_SPACE}(?:{reads}))"


def _all(forms: object) -> list[str]:
    return [s for some in dict(forms).values() for s in some]  # type: ignore[call-overload]  # a mapping of tuples


def _words(forms: object) -> list[str]:
    return [s for s in _all(forms) if re.match(r"\w", s)]


def _alternatives(spellings: list[str]) -> str:
    ordered = sorted(spellings, key=lambda s: (-len(s), s))
    return "(?:" + "|".join(_whole_word(s) for s in ordered) + ")"


def _whole_word(spelling: str) -> str:
    pattern = _SPACE.join(re.escape(part).replace("/", r"\/") for part in spelling.split())
    return pattern + (_WORD_END if re.match(r"\w", spelling[-1]) else "")
