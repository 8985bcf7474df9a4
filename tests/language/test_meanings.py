"""What rules mean, in plain words: whole sentences, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from replylint.contract.load import parse
from replylint.contract.model import Contract
from replylint.language.describe.rule import describe_rule, in_plain_text
from replylint.language.parse import parse as parse_rules
from replylint.language.resolve import resolve
from replylint.language.rules import Rule
from replylint.source.messages import Lang
from replylint.source.resources import starter_policy
from replylint.source.spans import Source
from tests.conftest import Golden
from tests.language.reading import HERE, resolved, starter_contract

LANGS: tuple[Lang, ...] = ("en", "zh")


def pages(rules: Iterable[Rule], contract: Contract) -> str:
    """What rules mean, in both languages."""
    return "\n".join(line for rule in rules for line in page(rule, contract))


def page(rule: Rule, contract: Contract) -> Iterator[str]:
    yield f"## {rule.name}"
    for lang in LANGS:
        yield ""
        yield from in_plain_text(describe_rule(rule, lang, contract))
    yield ""


def test_the_sentences(golden: Golden) -> None:
    rules, problems = resolved(meanings=(HERE / "meanings.rules").read_text(encoding="utf-8"))
    assert problems == ()
    contract = starter_contract()
    golden(HERE / "meanings.txt", pages(rules, contract))


OWN = """
fields: {bike.price: money, bike.kind: {choices: [city, race]}, bike.parts: {list: {name: text, price: money}}}
tables: {loan_days: {city: 7 days, race: 3 days}, never_lent: [race]}
names:
  bike: {zh: 單車}
  kind: {zh: 車種}
  price: {zh: 車價}
  until: {en: return date, zh: 歸還期限}
  deposit: {zh: 押金}
  loan_days: {zh: 可借天數}
  race: {en: racing bike, zh: 公路車}
"""
LEND = """    lend_bike: {title: {en: Lend a bike, zh: 借出代步車}, parameters: {until: datetime, deposit: money}}
"""


def test_names_of_the_brand_are_told_as_the_contract_calls_them(golden: Golden) -> None:
    text = (starter_policy() / "contract.yml").read_text(encoding="utf-8")
    contract = parse(Source("contract.yml", text.replace("  actions:\n", f"  actions:\n{LEND}", 1) + OWN))
    source = Source("own_names.rules", (HERE / "own_names.rules").read_text(encoding="utf-8"))
    rules, problems = resolve([parse_rules(source).file], contract)
    assert problems == ()
    golden(HERE / "own_names.txt", pages(rules, contract))
