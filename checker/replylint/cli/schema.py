"""`replylint schema`: the JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType

import click

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.screen import for_programs
from replylint.render.visible import indented

# Loaded only when asked for: each stands with what it describes.
_MODULES: Mapping[str, str] = MappingProxyType(
    {
        "case": "replylint.case.schema",
        "contract": "replylint.contract.json_schema",
        "report": "replylint.render.schemas.report",
        "triage": "replylint.render.schemas.triage",
        "verify": "replylint.render.schemas.verify",
        "sla": "replylint.render.schemas.sla",
        "drill": "replylint.render.schemas.drill",
        "eval": "replylint.render.schemas.eval",
    }
)


@click.command()
@click.argument("what", type=click.Choice(list(_MODULES)))
def schema(what: str) -> int:
    """Print the JSON Schema of a case, the contract, or what a command writes with --format json.

    `report` is what check writes; the others are named after their commands.

    \b
    replylint schema contract > contract.schema.json
    """
    found = importlib.import_module(_MODULES[what]).json_schema()
    for_programs("json")
    printing.piece(indented(found) + "\n")
    return Exit.CLEARED
