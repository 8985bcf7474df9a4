"""What rules mean, in plain words: whole sentences, in both languages."""

from __future__ import annotations

from replylint.language.describe.rule import describe_rule
from replylint.source.messages import Lang
from tests.conftest import Golden
from tests.language.reading import HERE, resolved, starter_contract

LANGS: tuple[Lang, ...] = ("en", "zh")


def test_the_sentences(golden: Golden) -> None:
    rules, problems = resolved(meanings=(HERE / "meanings.rules").read_text(encoding="utf-8"))
    assert problems == ()
    actions = starter_contract().actions
    pages = ["\n".join([f"## {rule.name}", *(s for lang in LANGS for s in ("", *describe_rule(rule, lang, actions)))])
             for rule in rules]  # fmt: skip
    golden(HERE / "meanings.txt", "\n\n".join(pages) + "\n")
