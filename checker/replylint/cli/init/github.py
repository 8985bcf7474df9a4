"""What `init` asks about GitHub: who owns the policy there, and which action the workflow uses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from replylint.cli import printing
from replylint.cli.usage import WrongUsage
from replylint.source.messages import Lang, say

_OWNER = re.compile(r"@[A-Za-z0-9][\w-]*(/[\w.-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+")
_ACTION = re.compile(r"[A-Za-z0-9][\w-]*/[\w.-]+(/[\w./-]+)?@[0-9a-f]{40}")


def ask_about_github(stated: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """The answers given on the terminal to what is not stated yet; an empty one leaves it open."""
    asked = {name: printing.asked(say(f"cli.ask-{name}", lang))
             for name in ("owners", "action") if name not in stated}  # fmt: skip
    return {name: value.strip() for name, value in asked.items() if value.strip()}


def check_github(stated: Mapping[str, str]) -> None:
    """Raises WrongUsage for names that GitHub would pass over, and for an action that is not pinned to a commit."""
    for owner in re.split(r"[\s,]+", stated.get("owners", "").strip()):
        if owner and not _OWNER.fullmatch(owner):
            raise WrongUsage("usage.no-owner", {"name": owner})
    if "action" in stated and not _ACTION.fullmatch(stated["action"]):
        raise WrongUsage("usage.no-action", {"name": stated["action"]})
