"""Messages with their values, in the language of the sentence they stand in."""

from __future__ import annotations

import re

from replylint.evaluate.situation import Situation
from replylint.language.names import kinds
from replylint.language.rules import FieldRef, Operand, Template
from replylint.language.show import join, show
from replylint.source.messages import Lang

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KINDS = {"review.issues": "issue", "review.allegations": "allegation"}


def fill(template: Template, situation: Situation) -> str:
    """A message with its values; a value that is not known is shown as a dash."""
    lang: Lang = "zh" if any(isinstance(part, str) and _CHINESE.search(part) for part in template) else "en"
    return "".join(p if isinstance(p, str) else _operand(p, situation, lang) for p in template)


def _operand(operand: Operand, situation: Situation, lang: Lang) -> str:
    value = situation.value(operand)
    if value is None or value == ():
        return "—"
    if isinstance(operand, FieldRef) and operand.path in _KINDS and isinstance(value, tuple):
        names = kinds(_KINDS[operand.path])
        return join([names.spell(kind, lang) for kind in value], lang)
    return show(value, lang)
