"""The policy for a command that needs one, or its problems told."""

from __future__ import annotations

from pathlib import Path

from replylint.cli.policy import tell
from replylint.cli.settings import find_policy, language, settings_for
from replylint.language.book import Policy, load_policy
from replylint.source.problems import PolicyError


def load_or_tell(policy_dir: str | None, lang: str | None, drafts: tuple[str, ...] = (".",)) -> Policy | None:
    """The policy found for the drafts; None when it cannot be used, which is then told."""
    settings, file = settings_for(Path.cwd())
    folder = find_policy(policy_dir, drafts, settings, file)
    try:
        return load_policy(folder.path, folder.shown)
    except PolicyError as error:
        tell(error.problems, lang, language(lang, settings))
        return None
