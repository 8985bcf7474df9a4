"""replylint: checks drafted replies to public reviews against a brand's rules and contract, before they are posted.

The public names are those of `replylint.api`; they are loaded when first asked for, so that importing the package
costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from replylint.source.version import VERSION

__version__ = VERSION


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    api = import_module("replylint.api")  # loaded late: it brings the parser and the word lists with it
    if name not in api.__all__:
        raise AttributeError(f"module 'replylint' has no attribute '{name}'")
    return getattr(api, name)
