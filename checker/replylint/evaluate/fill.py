"""Messages with their values, each in the language of the message."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.evaluate.situation import Situation
from replylint.facts.model import Fact
from replylint.facts.schema import FACT_TYPES
from replylint.language.rules import AttributeRef, FieldRef, Operand, Template, Texts
from replylint.language.show import join, show
from replylint.source.bilingual import Bilingual, language_of
from replylint.source.messages import Lang
from replylint.source.names import kinds, section
from replylint.text.chinese import is_simplified, simplified

_KINDS = {"review.issues": "issue", "reply.left_out": "issue", "review.allegations": "allegation"}
# So many characters on either side of a place tell its language; a line may be as long as a book.
_NEAR = 200
_ROLES = ("drafter.role", "review.escalates_to", "review.speakers")


def fill(texts: Texts, situation: Situation) -> Bilingual:
    """A rule's text with its values; a value that is not known is shown as a dash."""
    return Bilingual(_filled(texts.en, situation, "en"), _filled(texts.zh, situation, "zh"))


def into_draft(texts: Texts, situation: Situation) -> str:
    """A rule's words for the draft: in the language that the draft has at this place, and in its script."""
    if not texts:
        return ""
    both = fill(texts, situation)
    lang: Lang = next(filter(None, map(language_of, _around(situation))), "zh")
    words = both.said(lang)
    return simplified(words) if lang == "zh" and words and is_simplified(_read(situation)) else words


def _around(situation: Situation) -> Iterator[str]:
    """The texts that tell in which language to write, the nearest first: the line, the reply, the review."""
    case = situation.case
    if isinstance(situation.subject, Fact) and FACT_TYPES[situation.subject.type].side == "reply":
        start, end = situation.subject.span
        before, behind = case.reply.text[max(0, start - _NEAR) : start], case.reply.text[start : end + _NEAR]
        yield before.rpartition("\n")[2] + behind.partition("\n")[0]
    yield _read(situation)
    yield case.review.text if case.review else ""


def _read(situation: Situation) -> str:
    """The reply without what is in a language that is not read: Japanese would look like Simplified Chinese."""
    text = situation.case.reply.text
    for passage in reversed(situation.reply_elsewhere):
        text = text[: passage.span.start] + text[passage.span.end :]
    return text


def _filled(template: Template, situation: Situation, lang: Lang) -> str:
    return "".join(part if isinstance(part, str) else _operand(part, situation, lang) for part in template)


def _operand(operand: Operand, situation: Situation, lang: Lang) -> str:
    value = situation.value(operand)
    if value is None or value == ():
        return "—"
    if isinstance(operand, FieldRef) and operand.path in _KINDS and isinstance(value, tuple):
        names = kinds(_KINDS[operand.path])
        return join([names.spell(kind, lang) for kind in value], lang)
    if isinstance(operand, FieldRef) and operand.path == "review.emergencies" and isinstance(value, tuple):
        return join([section("fields").spell(name, lang) for name in value], lang)
    if isinstance(operand, FieldRef) and operand.path in _ROLES:
        roles = value if isinstance(value, tuple) else (value,)
        return join([situation.contract.role_title(str(role), lang) for role in roles], lang)
    if isinstance(operand, FieldRef) and operand.type == "choice" and isinstance(value, str):
        return section("choices").spell(value, lang)
    if isinstance(operand, AttributeRef) and (words := _words(operand, situation)):
        return words
    return show(value, lang)


def _words(operand: AttributeRef, situation: Situation) -> str:
    """What the reply itself says, for the value of a fact's attribute."""
    if not isinstance(situation.subject, Fact) or operand.name not in situation.subject.attributes:
        return ""
    span = situation.subject.attributes[operand.name].span
    return situation.case.reply.text[span.start : span.end]
