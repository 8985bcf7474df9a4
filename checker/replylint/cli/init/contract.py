"""The starter contract with a brand's own answers in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from replylint.cli import printing
from replylint.contract.load import parse
from replylint.contract.model import Contract
from replylint.contract.readers import READERS
from replylint.language.files import CONTRACT
from replylint.source.messages import Lang, say
from replylint.source.resources import starter_policy
from replylint.source.spans import Source
from replylint.source.values import Money

_OFFERS = "authority.offers."
_REFUND, _VOUCHER = f"{_OFFERS}refund.limit", f"{_OFFERS}voucher.limit"


@dataclass(frozen=True)
class _Question:
    """Something that the contract has to say: the option that answers it and where the answer goes."""

    option: str
    path: str


QUESTIONS = (
    _Question("brand", "brand.name"),
    _Question("legal_name", "brand.legal_name"),
    _Question("agency", "agency.name"),
    _Question("time_zone", "time_zone"),
    _Question("country", "calendar.holidays.country"),
    _Question("refund_limit", _REFUND),
    _Question("voucher_limit", _VOUCHER),
    _Question("manager", "contacts.brand_manager.1.name"),
    _Question("manager_channel", "contacts.brand_manager.1.channel"),
)
"""In the order in which they are asked."""


def ask_about_contract(answers: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """The answers given on the terminal to what is not answered yet, each with the starter's value to fall back on."""
    starter = parse(Source(CONTRACT, (starter_policy() / CONTRACT).read_text(encoding="utf-8")))
    found: dict[str, str] = {}
    for question in QUESTIONS:
        if question.option not in answers:
            now = starter.entries[question.path].words.words.strip("\"'")
            said = printing.asked(say(f"cli.ask-{question.option.replace('_', '-')}", lang), now)
            found |= {question.option: said} if said != now else {}
    return found


def contract_with(answers: Mapping[str, str]) -> str:
    """The starter contract with other values in their places, comments and all.

    answers: by the names of the options. Raises PolicyError when an answer is not what belongs there.
    """
    source = Source(CONTRACT, (starter_policy() / CONTRACT).read_text(encoding="utf-8"))
    starter = parse(source)
    stated = {q.path: answers[q.option] for q in QUESTIONS if q.option in answers}
    said = _in_proportion(starter, stated) | stated
    changes = [(starter.entries[path].words.span, answer) for path, answer in said.items()]
    text = source.text
    for span, answer in sorted(changes, key=lambda change: change[0], reverse=True):
        text = text[: span.start] + _quoted(answer) + text[span.end :]
    parse(Source(CONTRACT, text))
    return text


def _in_proportion(starter: Contract, stated: Mapping[str, str]) -> dict[str, str]:
    """The starter's other amounts in the currency of the limits that are stated, if it is another, in proportion.

    Limits of other roles and tiers follow the limit of refunds, offers besides refunds that of vouchers. An answer that
    is no amount changes nothing here: it is told where it stands.
    """
    read = {path: READERS["money"](stated[path]) for path in (_REFUND, _VOUCHER) if path in stated}
    limits = {path: limit for path, limit in read.items() if isinstance(limit, Money)}
    currency = next((limit.currency for limit in limits.values()), starter.currency)
    if currency == starter.currency:
        return {}
    scales = {path: found.amount / _amount(starter, path) for path, found in limits.items()}
    found: dict[str, str] = {}
    for path, entry in starter.entries.items():
        if isinstance(entry.value, Money) and path not in stated:
            led_by = _VOUCHER if path.startswith(_OFFERS) and not path.startswith(f"{_OFFERS}refund.") else _REFUND
            amount = (entry.value.amount * scales.get(led_by, next(iter(scales.values())))).quantize(Decimal(1))
            found[path] = f"{currency} {max(amount, Decimal(1)):,}"
    return found


def _amount(contract: Contract, path: str) -> Decimal:
    value = contract.value(path)
    assert isinstance(value, Money), path
    return value.amount


def _quoted(answer: str) -> str:
    """An answer as a YAML text that can hold anything."""
    return '"' + answer.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
