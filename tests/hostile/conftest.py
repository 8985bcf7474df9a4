from __future__ import annotations

from tests.cli.conftest import kept_lexicons

__all__ = ["kept_lexicons"]
