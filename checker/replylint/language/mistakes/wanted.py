"""What could have stood where the parser stopped, in words for a person."""

from __future__ import annotations

from replylint.source.names import section
from replylint.source.problems import Said, Saying

# What begins a condition, a wording, a value, or what is counted: named as a whole, not piece by piece.
_WHOLES = (
    (frozenset({"APPROVED_BY"}), "a-condition"),
    (frozenset({"NAME", "PATH", "ACTION"}), "a-given"),
    (frozenset({"SLOT", "STRING"}), "a-wording"),
    (frozenset({"YES", "NUMBER", "STRING"}), "a-value"),
    (frozenset({"NAME", "PATH"}), "a-contract-path"),
    (frozenset({"NAME", "ACTION"}), "a-fact-or-action"),
    (frozenset({"ALSO_READS"}), "also-reads"),
    (frozenset({"ACTION", "EVENT"}), "an-action-or-event"),
)
COMPARISONS = frozenset(
    {"IS", "IS_NOT", "AT_MOST", "AT_LEAST", "MORE_THAN", "LESS_THAN", "EQUALS", "ONE_OF", "IS_PRESENT", "IS_MISSING"}
)
# What a name is after a keyword that only a name can follow.
_AFTER = {"severity": "a-severity", "approved_by": "a-role", "action": "an-action", "history": "a-happening"}
_ALONE = {"NAME": "a-name", "PATH": "a-path", "NUMBER": "a-number", "STRING": "quoted-text", "UNIT": "a-unit"}
_KEYWORDS = ("AND", "OR", "READS", "GIVEN", "PASS", "FAIL", "ASK")


def wanted(expected: frozenset[str], after: str | None = None) -> Saying:
    """The terminals that would have fitted, as a short list; `after` is the keyword just before, if there is one."""
    if expected == {"NAME"} and after in _AFTER:
        return Said(f"language.{_AFTER[after]}")
    for terminals, name in _WHOLES:
        if terminals <= expected:
            return Said(f"language.{name}")
    said: list[Saying] = []
    if expected & COMPARISONS:
        said.append(Said("language.a-comparison"))
    said += [keyword(t.lower()) for t in _KEYWORDS if t in expected and not (t == "GIVEN" and "CATEGORY" in expected)]
    if not said:
        said += [Said(f"language.{name}") for terminal, name in _ALONE.items() if terminal in expected]
    elif "STRING" in expected:
        said.insert(0, Said("language.quoted-text"))
    if not said and "OF" in expected:
        said.append(keyword("of"))
    if "CATEGORY" in expected:
        said.append(Said("language.next-clause"))
    return tuple(said) or Said("language.next-clause")


def keyword(name: str) -> Said:
    """A keyword in the reader's language."""
    spell = section("keywords").spell
    return Said("language.keyword", {"en": spell(name, "en"), "zh": spell(name, "zh")})
