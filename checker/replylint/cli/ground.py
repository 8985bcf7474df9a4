"""What a command stands on: the policy's folder, the settings found from here, and the language that it speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from replylint.cli.settings import PolicyFolder, check_rules, find_policy, language, settings_for
from replylint.source.messages import Lang
from replylint.source.problems import PolicyError

if TYPE_CHECKING:
    from replylint.api import Checker
    from replylint.contract.model import Contract
    from replylint.evaluate.model import Severity
    from replylint.language.book import Policy
    from replylint.waivers.authority import Enforcement


@dataclass(frozen=True)
class Ground:
    """What was found for one call.

    folder: the policy's. file: that of the settings, if there is one. chosen: the language that was asked for, if any.
    """

    folder: PolicyFolder
    settings: Mapping[str, Any]
    file: Path | None = None
    chosen: str | None = None

    @property
    def lang(self) -> Lang:
        """The language of messages."""
        return language(self.chosen, self.settings)

    def checker(
        self, now: dt.datetime | None = None, fail_level: str | None = None, only: Sequence[str] = (),
        remember: bool = False,
    ) -> Checker:  # fmt: skip
        """The checker of every command that reads or judges drafts, so that all come to what `check` comes to.

        now: None for the clock. fail_level: None for that of the settings. only: names of the only rules; none for all.
        remember: keep readings for the next run. Raises PolicyError, and WrongUsage for a rule or a component of spaCy
        that is not there.
        """
        # Loaded late: `check` needs neither where nothing has changed since its last run.
        from replylint.api import Checker
        from replylint.cli.rules import rule_of
        from replylint.language.book import load_policy

        level = cast("Severity", fail_level or self.settings.get("fail-level", "error"))
        loaded = load_policy(self.folder.path, self.folder.shown)
        for name in only:
            rule_of(loaded, name)
        components = tuple(self.settings.get("components", ()))
        return Checker(loaded, level, tuple(only), now, components, self.enforcement(loaded), remember)

    def enforcement(self, policy: Policy) -> Mapping[str, Enforcement]:
        """How strictly the settings hold rules of the policy. Raises WrongUsage for a rule that it does not have."""
        held: Mapping[str, Enforcement] = self.settings.get("enforcement", {})
        if self.file is not None:
            check_rules(held, (rule.name for rule in policy.rules), self.file)
        return held

    def checker_or_tell(self, now: dt.datetime | None = None, ending: str = "cli.problems-found") -> Checker | None:
        """The checker; None when the policy has mistakes, which are then told. Raises WrongUsage like `checker`."""
        try:
            return self.checker(now)
        except PolicyError as error:
            self.tell(error, ending)
            return None

    def policy_or_tell(self, ending: str = "cli.mistakes-found") -> Policy | None:
        """The policy; None when it has mistakes, which are then told."""
        from replylint.language.book import load_policy

        try:
            return load_policy(self.folder.path, self.folder.shown)
        except PolicyError as error:
            self.tell(error, ending)
            return None

    def contract_or_tell(self) -> Contract | None:
        """The contract alone; None when it has mistakes, which are then told."""
        from replylint.contract.load import load
        from replylint.language.files import CONTRACT

        try:
            return load(self.folder.path / CONTRACT, f"{self.folder.shown}/{CONTRACT}")
        except PolicyError as error:
            self.tell(error)
            return None

    def tell(self, error: PolicyError, ending: str = "cli.problems-found") -> None:
        """Print the mistakes of a policy; ending: the key of the sentence that says what they mean for the command."""
        from replylint.cli.telling import tell

        tell(error.problems, self.chosen, self.lang, ending)


def ground(policy_dir: str | None, chosen: str | None, drafts: Sequence[str] = (".",)) -> Ground:
    """What a command stands on that is about some drafts, or about a policy alone.

    policy_dir, chosen: the policy and the language as asked for, if they were. Raises WrongUsage where the policy is
    not there, or the settings have mistakes.
    """
    settings, file = settings_for(Path.cwd())
    return Ground(find_policy(policy_dir, drafts, settings, file), settings, file, chosen)
