"""replylint: checks drafted replies to public reviews against a brand's rules and contract, before they are posted.

The public names are those of `replylint.api`; they are loaded when first asked for, so that importing the package
costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from replylint.source.version import VERSION

if TYPE_CHECKING:
    from replylint.api import (
        Action,
        Case,
        CaseVerdict,
        Checker,
        CouldNotCheck,
        Fact,
        Finding,
        PolicyError,
        Problem,
        Undecided,
        Unreadable,
        load_policy,
        read_cases,
        read_reviews,
        verify,
    )  # fmt: skip

__all__ = [
    "Action",
    "Case",
    "CaseVerdict",
    "Checker",
    "CouldNotCheck",
    "Fact",
    "Finding",
    "PolicyError",
    "Problem",
    "Undecided",
    "Unreadable",
    "load_policy",
    "read_cases",
    "read_reviews",
    "verify",
]

__version__ = VERSION

# Type checkers see the names above with their types; to them, this would be a package that has any name at all.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module 'replylint' has no attribute '{name}'")
        return getattr(import_module("replylint.api"), name)  # loaded late: it brings the word lists with it

    def __dir__() -> list[str]:
        return sorted((*globals(), *__all__))
