"""Sentences in the reader's language.

`messages/<layer>.yml` holds them: `name: {en: …, zh: …, help: {en: …, zh: …}}`. `{value}` is replaced as text;
no other formatting is done, so a value can never be read as a format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from replylint.source.problems import Problem, Said, Saying
from replylint.source.resources import message_table

Lang = Literal["en", "zh"]

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def say(key: str, lang: Lang, values: Mapping[str, Saying] | None = None) -> str:
    """The sentence `<layer>.<name>` with its values filled in; KeyError when there is no such sentence."""
    layer, name = key.split(".", 1)
    return _fill(message_table(layer)[name][lang], values or {}, lang)


def describe(problem: Problem, lang: Lang) -> tuple[str, str]:
    """A problem's sentence, and its help (empty when there is none)."""
    layer, name = problem.key.split(".", 1)
    entry = message_table(layer)[name]
    help_text = entry["help"][lang] if "help" in entry else ""
    return _fill(entry[lang], problem.values, lang), _fill(help_text, problem.values, lang)


def speak(saying: Saying, lang: Lang) -> str:
    """A value of a sentence as text; lists are joined the way the language joins them."""
    if isinstance(saying, Said):
        return say(saying.key, lang, saying.values)
    if isinstance(saying, tuple):
        return (", " if lang == "en" else "、").join(speak(part, lang) for part in saying)
    return saying


def _fill(template: str, values: Mapping[str, Saying], lang: Lang) -> str:
    return _PLACE.sub(lambda m: speak(values[m[1]], lang), template) if "{" in template else template
