"""One page for each rule of the starter policy in English and in Chinese, and their indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from replylint.cli.explain import in_language, page
from replylint.language.book import load_policy
from replylint.language.rules import Rule
from replylint.source.messages import Lang
from replylint.source.resources import starter_policy


@dataclass(frozen=True)
class _Edition:
    """The words of the pages in one language.

    ending: of the names of its pages. intro: of the index. columns: its table's. foot: below each rule.
    """

    ending: str
    intro: str
    columns: str
    foot: str


_EDITIONS: Mapping[Lang, _Edition] = {
    "en": _Edition(
        ".md",
        """\
# The rules of the starter policy

Each page is what `replylint explain RULE` prints. An `error` blocks a draft; `warning` and `advice` are only told,
unless `--fail-level` says otherwise. [中文](README.zh-TW.md)
""",
        "| rule | severity | what it is for |",
        "Category",
    ),
    "zh": _Edition(
        ".zh-TW.md",
        """\
# 內建規則

每一頁就是 `replylint explain 規則名稱` 印出的內容。`error`（錯誤）會擋下草稿；`warning`（警告）與 `advice`（提醒）
只會告知，除非用 `--fail-level` 另外指定。[English](README.md)
""",
        "| 規則 | 等級 | 用途 |",
        "類別",
    ),
}
_MADE = "<!-- made by `make docs` from policy/rules/{name}.rules -->"
_INDEX = "<!-- made by `make docs` from policy/rules/ -->"


def rule_pages() -> Iterator[tuple[str, str]]:
    """Name and text of every page."""
    policy = load_policy(starter_policy(), "policy")
    rules = policy.rules
    for lang, edition in _EDITIONS.items():
        yield f"README{edition.ending}", "\n".join(_index(rules, lang, edition))
        for rule in rules:
            source = f"[policy/rules/{rule.name}.rules](../../policy/rules/{rule.name}.rules)"
            foot = f"{edition.foot} `{rule.category}` · {source}"
            lines = [_MADE.format(name=rule.name), *page(rule, lang, policy.contract), foot, ""]
            yield f"{rule.name}{edition.ending}", "\n".join(lines)


def _index(rules: tuple[Rule, ...], lang: Lang, edition: _Edition) -> Iterator[str]:
    yield _INDEX
    yield edition.intro
    for category, members in groupby(sorted(rules, key=lambda r: (r.category, r.name)), key=lambda r: r.category):
        yield f"## {category}\n"
        yield edition.columns
        yield "|---|---|---|"
        for rule in members:
            says = _purpose(rule, lang).replace("|", "\\|")
            yield f"| [{rule.name}]({rule.name}{edition.ending}) | {rule.severity} | {says} |"
        yield ""


def _purpose(rule: Rule, lang: Lang) -> str:
    """The first sentence of the rule's own page in a language."""
    own, *_ = in_language(rule.page, lang)
    return re.split(r"(?<=。)|(?<=[.!?])\s", own.replace("\n", " "), maxsplit=1)[0]
