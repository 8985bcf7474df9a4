from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.contract.json_schema import json_schema
from replylint.contract.load import load, parse
from replylint.contract.model import Contract
from replylint.contract.readers import READERS
from replylint.contract.schema import CONTRACT
from replylint.contract.shapes import Listing, Record, Shape, Table
from replylint.contract.terms import ALLEGATIONS, LEVELS
from replylint.source.messages import describe
from replylint.source.problems import PolicyError
from replylint.source.resources import grammar_table, starter_policy
from replylint.source.spans import Source
from replylint.source.values import Duration, Money, Percent, Value

PATH = starter_policy() / "contract.yml"
TEXT = PATH.read_text(encoding="utf-8")
FRIDAY = dt.datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Taipei"))
SATURDAY_NIGHT = dt.datetime(2026, 11, 21, 23, 40, tzinfo=ZoneInfo("Asia/Taipei"))


REASONS = ("spam", "垃圾訊息", "malicious", "惡意攻擊", "false", "不實內容")


@pytest.fixture(scope="module")
def starter() -> Contract:
    return load(PATH)


@pytest.mark.parametrize(
    ("path", "type_name", "value", "words"),
    [
        ("authority.offers.refund.limit", "money", Money(Decimal(500), "TWD"), "limit: TWD 500"),
        ("authority.offers.compensation.limit", "money", Money(Decimal(300), "TWD"), "limit: TWD 300"),
        ("authority.offers.voucher.limit", "money", Money(Decimal(300), "TWD"), "limit: TWD 300"),
        ("authority.offers.discount.limit", "percent", Percent(Decimal(10)), "limit: 10%"),
        ("authority.contact.earliest", "duration", Duration(Decimal(1), "business_day"), "earliest: 1 business day"),
        ("authority.statements.lawsuit", "texts", ("legal",), "lawsuit: [legal]"),
        ("authority.statements.internal", "texts", (), "internal: []"),
        ("authority.actions.delete_review.approver", "text", "brand_manager", "approver: brand_manager"),
        ("removal.reasons", "texts", REASONS, 'reasons: [spam, 垃圾訊息, malicious, 惡意攻擊, "false", 不實內容]'),
        ("platforms.google_play.reply_length", "count", Decimal(350), "reply_length: 350 字"),
        ("severity.serious.escalate", "duration", Duration(Decimal(4), "hour"), "escalate: 4 hours"),
        ("emergencies.surge.pause_replies", "yesno", True, "pause_replies: yes"),
        ("brand.name", "text", "青禾茶食", "name: 青禾茶食"),
        ("authority.offers.refund", None, None, "refund"),
        ("roles.brand_manager", None, None, "brand_manager"),
    ],
)
def test_values(starter: Contract, path: str, type_name: str | None, value: Value | None, words: str) -> None:
    assert (starter.type_of(path), starter.value(path)) == (type_name, value)
    assert starter.location(path).words == words
    assert path in starter
    assert path in starter.paths()


def test_what_is_not_there(starter: Contract) -> None:
    assert "authority.offers.loan" not in starter
    assert starter.value("authority.offers.loan") is None
    assert starter.type_of("authority.offers.loan") is None
    with pytest.raises(KeyError):
        starter.location("authority.offers.loan")


def test_positions_in_lists_are_no_paths_for_rules(starter: Contract) -> None:
    assert "escalation" in starter.paths()
    assert "escalation.1.to" not in starter.paths()


@pytest.mark.parametrize(
    ("severity", "now", "clause", "name", "on_duty"),
    [
        ("serious", FRIDAY, None, "林經理", True),
        ("serious", FRIDAY.replace(hour=20), None, "陳副理", True),
        ("serious", SATURDAY_NIGHT, None, "值班手機", True),
        ("critical", SATURDAY_NIGHT, None, "值班手機", True),
        ("low", SATURDAY_NIGHT, None, "許專案", False),
        ("low", FRIDAY, None, "許專案", True),
        (None, FRIDAY, None, "林經理", True),
        ("low", FRIDAY, "authority.offers.refund.limit", "林經理", True),
        ("low", FRIDAY, "authority.statements.media", "周主管", True),
        ("low", FRIDAY, "authority.statements.internal", "許專案", True),
    ],
)
def test_person_for(
    starter: Contract, severity: str | None, now: dt.datetime, clause: str | None, name: str, on_duty: bool
) -> None:
    contact = starter.person_for(severity, now, clause)
    assert contact is not None
    assert (contact.name, contact.on_duty) == (name, on_duty)


def test_nobody_for_a_role_without_contact(starter: Contract) -> None:
    assert starter.contact_for("agent", FRIDAY) is None


@pytest.mark.parametrize(
    ("rating", "allegations", "level"),
    [
        (5, (), "low"),
        (3, (), "normal"),
        (1, (), "normal"),
        (5, ("injury",), "serious"),
        (1, ("fraud", "media"), "critical"),
        (None, (), None),
    ],
)
def test_severity_for(starter: Contract, rating: int | None, allegations: tuple[str, ...], level: str | None) -> None:
    assert starter.severity_for(rating, allegations) == level


@pytest.mark.parametrize(
    ("form", "words", "value"),
    [
        ("money", "NT$3,000", Money(Decimal(3000), "TWD")),
        ("money", "５００ 元", Money(Decimal(500), "TWD")),
        ("money", "usd 12.50", Money(Decimal("12.50"), "USD")),
        ("money", "TWD 500 元", None),
        ("money", "TWD 5,00", None),
        ("money", "-5 TWD", None),
        ("percent", "１０％", Percent(Decimal(10))),
        ("percent", "12.5 percent", Percent(Decimal("12.5"))),
        ("duration", "3 個工作天", Duration(Decimal(3), "business_day")),
        ("duration", "1.5 hours", Duration(Decimal("1.5"), "hour")),
        ("duration", "2 週", Duration(Decimal(2), "week")),
        ("duration", "2", None),
        ("count", "4,096 characters", Decimal(4096)),
        ("count", "1.5", None),
        ("yesno", "是", True),
        ("yesno", "No", False),
        ("phone", "+886 2 5550-1234", "+886 2 5550-1234"),
        ("phone", "#", None),
        ("email", "a@b", None),
        ("url", "qinghe.example/menu", "qinghe.example/menu"),
    ],
)
def test_readers(form: str, words: str, value: Value | None) -> None:
    assert READERS[form](words) == value


@pytest.mark.parametrize("change", ["\r\n", "\ufeff"])
def test_windows_files_read_the_same(tmp_path: Any, change: str) -> None:
    data = TEXT.replace("\n", change) if change == "\r\n" else change + TEXT
    (tmp_path / "contract.yml").write_bytes(data.encode())
    contract, plain = load(tmp_path / "contract.yml"), load(PATH)
    assert contract.paths() == plain.paths()
    assert all(contract.value(path) == plain.value(path) for path in plain.paths())
    assert all(contract.location(path).words == plain.location(path).words for path in plain.paths())


def _shapes(shape: Shape) -> list[Shape]:
    inner: list[Shape] = []
    if isinstance(shape, Record):
        inner = list(shape.fields.values())
    elif isinstance(shape, Table | Listing):
        inner = [shape.item]
    return [shape, *(found for each in inner for found in _shapes(each))]


def test_every_name_of_the_schema_has_a_chinese_name() -> None:
    names = {name for shape in _shapes(CONTRACT) if isinstance(shape, Record) for name in shape.fields}
    # These stand inside lists, in tables of the brand's own names, or in sections that no rule speaks about.
    unspoken = {
        "name", "channel", "hours", "title", "side", "to", "after", "up_to", "subdivision", "extra", "workdays",
        "parameters", "en", "zh",
        *(name for name in names if name.endswith("day")),
    }  # fmt: skip
    assert names - unspoken <= set(grammar_table("names.yml")["fields"])


def test_allegations_and_levels_are_those_of_the_rule_language() -> None:
    table = grammar_table("names.yml")
    assert set(ALLEGATIONS) == set(table["facts"]["allegation"]["kinds"])
    assert set(LEVELS) <= set(table["choices"])


def test_json_schema_takes_the_starter() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(TEXT), schema)


def test_json_schema_refuses_what_the_reader_refuses() -> None:
    data = yaml.safe_load(TEXT)
    data["authority"]["offers"]["discount"]["limt"] = data["authority"]["offers"]["discount"].pop("limit")
    errors = list(jsonschema.Draft202012Validator(json_schema()).iter_errors(data))
    assert len(errors) == 2


_LINES = TEXT.splitlines(keepends=True)
_PIECES = st.sampled_from(
    [":", "：", "- ", "[", "{", '"', "'", "\t", "*a", "&a ", "|", "\n", "  ", "~", "500", "名", "<<: ", "---\n"]
)


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    lines = list(_LINES)
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 3)):
            case 0:
                lines[number] = ""
            case 1:
                lines[number] *= 2
            case 2:
                column = draw(st.integers(0, len(lines[number])))
                lines[number] = lines[number][:column] + draw(_PIECES) + lines[number][column:]
            case _:
                start = draw(st.integers(0, len(lines[number])))
                lines[number] = lines[number][:start] + lines[number][start + draw(st.integers(1, 5)) :]
    return "".join(lines)


@settings(max_examples=250, deadline=None)
@given(st.one_of(_mutated(), st.text()))
def test_any_text_is_a_contract_or_a_list_of_located_problems(text: str) -> None:
    source = Source("contract.yml", text)
    try:
        contract = parse(source)
    except PolicyError as error:
        told = error.problems
    else:
        assert all(contract.location(path).words for path in contract.paths())
        return
    assert told
    for problem in told:
        assert all(describe(problem, lang)[0] for lang in ("en", "zh"))
        assert problem.where is None or 0 <= problem.where.span.start <= problem.where.span.end <= len(text)


def test_loading_imports_nothing_slow() -> None:
    code = (
        "import sys; from replylint.contract.load import load; from replylint.source.resources import starter_policy;"
        "load(starter_policy() / 'contract.yml');"
        "print(*({'pydantic', 'spacy', 'lark', 'holidays', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
