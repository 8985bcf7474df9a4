"""What drafts are checked with, as `check` was asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from replylint.api import Checker
from replylint.cli.usage import WrongUsage, near
from replylint.language.book import load_policy

if TYPE_CHECKING:
    from replylint.cli.check.options import Asked
    from replylint.cli.check.revision import Ground
    from replylint.evaluate.model import Severity


def checker_for(asked: Asked, found: Ground, now: dt.datetime | None) -> Checker:
    """The checker of a run at a moment. Raises PolicyError, and WrongUsage for a rule that is not in the policy."""
    settings, folder = found.settings, found.folder
    level = cast("Severity", asked.fail_level or settings.get("fail-level", "error"))
    loaded = load_policy(folder.path, folder.shown)
    checker = Checker(loaded, level, asked.only, now, tuple(settings.get("components", ())),
                      settings.get("enforcement", {}), remember=not asked.no_cache)  # fmt: skip
    _known_rules(checker)
    return checker


def _known_rules(checker: Checker) -> None:
    known = [rule.name for rule in checker.policy.rules]
    for name in checker.only:
        if name not in known:
            raise WrongUsage("usage.no-rule", {"name": name, "near": near(name, known)})
