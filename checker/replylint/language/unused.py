"""What a contract states and no rule looks at, so that nobody takes it for enforced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from replylint.contract.authority import granting
from replylint.contract.model import Contract
from replylint.language.bound.walk import nodes
from replylint.language.rules import ANY, ActionName, Approved, AttributeRef, ContractValue, Lookup, Rule

# The sections that lay something down for drafts; the others say who the brand is, when it is open and whom to call.
_BINDING = ("authority", "removal", "platforms", "severity", "emergencies", "enforcement", "tables")
# What the checker reads without any rule: which level a review has, its clocks, what is an emergency, who drafts.
_READ = re.compile(r"(severity|emergencies)\..+|authority\.drafter")
# Texts for people, which nobody takes for a limit.
_TEXT = re.compile(r"platforms\.[^.]+\.name|(severity|emergencies)\.\w+\.definition")


def unused(contract: Contract, rules: Iterable[Rule]) -> tuple[tuple[str, int], ...]:
    """The places of the contract whose change would change no verdict, each with its line, in the order of the file.

    A section that is unused as a whole is named once, and a field that is unused in several sections side by side once
    with a star, as in `severity.*.resolve`, with its first line.
    """
    rules = tuple(rules)
    used = {value.path for rule in rules for value in nodes(rule, ContractValue)}
    used |= {f"enforcement.{rule.name}" for rule in rules}
    looked_up = {found.path for rule in rules for found in nodes(rule, Lookup)} | (used & set(contract.tables))
    used |= {path for path in contract.paths() if path.rpartition(".")[0] in looked_up}
    used |= {path for rule in rules for path in _asked(rule, contract)}
    used |= {path for rule in rules if rule.clause for path in _deciding(rule.clause[0])}
    leaves = [p for p in contract.paths() if contract.value(p) is not None and p.split(".")[0] in _BINDING
              and not _TEXT.fullmatch(p)]  # fmt: skip
    idle = [p for p in leaves if p not in used and not _READ.fullmatch(p)]
    told: dict[str, int] = {}
    for path in idle:
        whole = _whole(path, leaves, set(idle))
        told.setdefault(whole if whole != path else _starred(path, idle), _line(contract, whole))
    return tuple(told.items())


def _deciding(clause: str) -> Iterator[str]:
    """Where the contract says who decides when a rule of this clause cannot; see `Contract.person_for`."""
    if clause.startswith("authority.statements."):
        yield clause
    parts = clause.split(".")
    yield from (".".join([*parts[:length], "approver"]) for length in range(len(parts), 0, -1))


def _asked(rule: Rule, contract: Contract) -> Iterator[str]:
    """The places that a rule reads through what the contract says of its facts and actions for whoever drafts."""
    names = {node.name for node in nodes(rule, AttributeRef)}
    approver = any(node.clause is not None for node in nodes(rule, Approved))
    for subject in rule.subjects:
        sort, name = ("action", subject.name) if isinstance(subject, ActionName) else (subject.type, subject.kind)
        actions = contract.actions if name == ANY and sort == "action" else (name,)
        for each in actions:
            if "permitted" in names or (approver and sort not in ("action", "promise")):
                yield from granting(sort, each)
            if approver or "needs_approval" in names:
                yield f"authority.actions.{each}.approver"
            if "limit" in names:
                yield from _limits(f"authority.offers.{each}", contract)
        if "discount_limit" in names:
            yield from _limits("authority.offers.discount", contract)
        if "evidence_listed" in names:
            yield "removal.evidence"


def _limits(offer: str, contract: Contract) -> Iterator[str]:
    yield from (path for path in contract.paths() if path == f"{offer}.limit" or path.startswith(f"{offer}.limits."))


def _whole(path: str, leaves: list[str], idle: set[str]) -> str:
    """The widest section around a place in which nothing is used; else the place itself."""
    parts = path.split(".")
    for length in range(1, len(parts)):
        section = ".".join(parts[:length])
        inside = [p for p in leaves if p.startswith(f"{section}.")]
        if len(inside) > 1 and all(p in idle for p in inside):
            return section
    return path


def _starred(path: str, idle: list[str]) -> str:
    start, _, name = path.rpartition(".")
    above = start.rpartition(".")[0]
    alike = re.compile(rf"{re.escape(above)}\.[^.]+\.{re.escape(name)}")
    return f"{above}.*.{name}" if above and sum(bool(alike.fullmatch(p)) for p in idle) > 1 else path


def _line(contract: Contract, path: str) -> int:
    where = contract.location(path)
    return where.source.position(where.span.start)[0]
