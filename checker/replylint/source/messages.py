"""Sentences in the reader's language.

`messages/<layer>.yml` holds them: `name: {en: …, zh: …, help: {en: …, zh: …}}`. `{value}` is replaced as text;
no other formatting is done, so a value can never be read as a format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from replylint.source.problems import Problem
from replylint.source.resources import message_table

Lang = Literal["en", "zh"]

_PLACE = re.compile(r"\{([a-z_]+)\}")


def say(key: str, lang: Lang, values: Mapping[str, str] | None = None) -> str:
    """The sentence `<layer>.<name>` with its values filled in; KeyError when there is no such sentence."""
    layer, name = key.split(".", 1)
    return _fill(message_table(layer)[name][lang], values or {})


def describe(problem: Problem, lang: Lang) -> tuple[str, str]:
    """A problem's sentence, and its help (empty when there is none)."""
    layer, name = problem.key.split(".", 1)
    entry = message_table(layer)[name]
    help_text = entry["help"][lang] if "help" in entry else ""
    return _fill(entry[lang], problem.values), _fill(help_text, problem.values)


def _fill(template: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda m: str(values[m[1]]), template)
