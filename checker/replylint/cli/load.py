"""The policy for a command that needs one, or its problems told."""

from __future__ import annotations

from pathlib import Path

from replylint.cli.policy import tell
from replylint.cli.settings import PolicyFolder, find_policy, language, settings_for
from replylint.language.book import Policy, load_policy
from replylint.source.problems import PolicyError


def policy_folder(policy_dir: str | None) -> PolicyFolder:
    """The policy's folder as it is named, or found from here."""
    return find_policy(policy_dir, (".",), *settings_for(Path.cwd()))


def load_or_tell(policy_dir: str | None, lang: str | None, drafts: tuple[str, ...] | None = None) -> Policy | None:
    """The policy found for the drafts; None when it cannot be used, which is then told."""
    settings, file = settings_for(Path.cwd())
    folder = find_policy(policy_dir, drafts or (".",), settings, file)
    try:
        return load_policy(folder.path, folder.shown)
    except PolicyError as error:
        ending = "cli.mistakes-found" if drafts is None else "cli.problems-found"
        tell(error.problems, lang, language(lang, settings), ending)
        return None
