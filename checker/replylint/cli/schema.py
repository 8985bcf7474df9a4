"""`replylint schema`: the JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import json

import click

from replylint.cli.exits import Exit


@click.command()
@click.argument("what", type=click.Choice(["case", "contract", "report", "triage"]))
def schema(what: str) -> int:
    """Print the JSON Schema of a case, the contract, or the JSON reports of check and triage.

    \b
    replylint schema contract > contract.schema.json
    """
    if what == "case":
        from replylint.case.schema import json_schema
    elif what == "contract":
        from replylint.contract.json_schema import json_schema
    elif what == "triage":
        from replylint.render.triage_schema import json_schema
    else:
        from replylint.render.schema import json_schema
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return Exit.CLEARED
