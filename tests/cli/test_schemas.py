"""Whatever a command writes with --format json follows the schema that `replylint schema` prints for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
import yaml

from replylint.cli.schema import schema as command
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
ROWS = yaml.safe_load((Path(__file__).parent / "schemas.yml").read_text(encoding="utf-8"))


def schema(run: Run, what: str) -> dict[str, Any]:
    ran = run("schema", what)
    assert ran.code == 0
    found: dict[str, Any] = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@pytest.mark.parametrize("row", [pytest.param(row, id=" ".join(row["words"])) for row in ROWS])
def test_output_follows_its_schema(run: Run, monkeypatch: pytest.MonkeyPatch, row: dict[str, Any]) -> None:
    monkeypatch.chdir(ROOT)
    ran = run(*row["words"], "--format", "json")
    assert ran.code == row["code"], ran.err
    found = json.loads(ran.out)
    described = schema(run, row["schema"])
    jsonschema.validate(found, described)
    assert found["version"] == 1
    # A schema that takes everything would follow, too.
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found | {"more": 1}, described)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found | {"version": 2}, described)
    for key in found.keys() - {"version"}:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({name: value for name, value in found.items() if name != key}, described)
    for name in row["not_empty"]:
        assert found[name], name


def test_each_schema_is_held_against_output() -> None:
    (argument,) = (parameter for parameter in command.params if parameter.name == "what")
    kept_elsewhere = {"case", "contract", "verify"}  # what is read, and what needs receipts
    assert isinstance(argument.type, click.Choice)
    assert {row["schema"] for row in ROWS} | kept_elsewhere == set(argument.type.choices)
