"""The rules that a command is about, as they were named."""

from __future__ import annotations

from replylint.cli.usage import WrongUsage, near
from replylint.language.book import Policy
from replylint.language.rules import Rule


def asked_rules(policy: Policy, file: str | None) -> tuple[Rule, ...]:
    """The rules of one file of a policy, by its path as places show it; all of them without one.

    Raises WrongUsage where no rule stands in the file.
    """
    found = tuple(rule for rule in policy.rules if file is None or rule.where_stated.source.path == file)
    if not found and file is not None:
        raise WrongUsage("usage.not-in-file", {"name": file})
    return found


def rule_of(policy: Policy, name: str) -> Rule:
    """The rule of a name. Raises WrongUsage, with the nearest name, where there is none."""
    known = {rule.name: rule for rule in policy.rules}
    if name not in known:
        raise WrongUsage("usage.no-rule", {"name": name, "near": near(name, tuple(known))})
    return known[name]
