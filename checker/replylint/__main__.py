"""`python -m replylint`."""

from __future__ import annotations

from replylint.cli.main import main

main()
