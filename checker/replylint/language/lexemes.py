"""What of a rule file holds no words of the language itself: quoted texts, expressions, comments. As patterns."""

from __future__ import annotations

import re

# A quote or a slash behind a backslash begins nothing: of a text that is not closed each would lead to the end of the
# line again, and a long line would take time by its square.
TEXT = r'(?<!\\)"(?:[^"\\\n]|\\[^\n])*"|“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』'
COMMENT = r"[#＃][^\n]*"
PASSED_OVER = rf"{TEXT}|(?<!\\)/(?:[^/\\\n]|\\[^\n])+/|{COMMENT}"
"""What whoever looks for something else passes over."""
LEXEME = re.compile(rf"(?P<text>{TEXT})|(?P<comment>{COMMENT})|(?P<sign>[()（）])|{PASSED_OVER}")
"""Finds texts, comments and parentheses; in expressions there are none."""
