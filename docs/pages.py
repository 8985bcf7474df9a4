"""One page for each rule of the starter policy, and their index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from replylint.cli.explain import page
from replylint.language.book import load_policy
from replylint.language.rules import Rule
from replylint.source.resources import starter_policy

_MADE = "<!-- made by `make docs` from policy/rules/{name}.rules -->"
_INDEX = """\
<!-- made by `make docs` from policy/rules/ -->
# The rules of the starter policy

Each page is what `replylint explain RULE` prints. An `error` blocks a draft; `warning` and `advice` are only told,
unless `--fail-level` says otherwise.
"""


def rule_pages() -> Iterator[tuple[str, str]]:
    """Name and text of every page."""
    policy = load_policy(starter_policy(), "policy")
    rules, actions = policy.rules, policy.contract.actions
    yield "README.md", "\n".join(_index(rules))
    for rule in rules:
        source = f"[policy/rules/{rule.name}.rules](../../policy/rules/{rule.name}.rules)"
        lines = [_MADE.format(name=rule.name), *page(rule, "en", actions), f"Category `{rule.category}` · {source}", ""]
        yield f"{rule.name}.md", "\n".join(lines)


def _index(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield _INDEX
    for category, members in groupby(sorted(rules, key=lambda r: (r.category, r.name)), key=lambda r: r.category):
        yield f"## {category}\n"
        yield "| rule | severity | what it is for |"
        yield "|---|---|---|"
        for rule in members:
            says = _purpose(rule).replace("|", "\\|")
            yield f"| [{rule.name}]({rule.name}.md) | {rule.severity} | {says} |"
        yield ""


def _purpose(rule: Rule) -> str:
    """The first sentence of the rule's own page in English, which stands after the Chinese."""
    return re.split(r"(?<=[.!?])\s", rule.page.split("\n\n")[-1].replace("\n", " "), maxsplit=1)[0]
