"""Rules that a contract names, and whose names are misspelt there; `unused` tells of those that there are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from replylint.contract.model import Contract
from replylint.language.near import nearest
from replylint.language.syntax import Rule, RuleFile
from replylint.source.problems import Problem

_TABLES = ("enforcement.", "waivers.rules.")


def misspelt_rules(contract: Contract, files: Iterable[RuleFile]) -> Iterator[Problem]:
    """A problem for each rule that the contract names and no file holds, though one has nearly this name."""
    known = [statement.name.name for file in files for statement in file.statements if isinstance(statement, Rule)]
    for path in contract.paths():
        table = next((table for table in _TABLES if path.startswith(table)), None)
        if table is None:
            continue
        name = path.removeprefix(table).split(".")[0]
        near = nearest(name, known) if path == table + name and name not in known else None
        if near is not None:
            yield Problem("language.contract-rule-near", contract.location(path), {"rule": name, "near": near})
