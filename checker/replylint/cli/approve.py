"""`replylint approve`: writes down who approved a draft, with the digest of what was approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from replylint.case.approvals import Approval
from replylint.case.encoding import decode, encoded_like
from replylint.case.insert import with_approval
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.cli import printing
from replylint.cli.draft import only_case
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.cli.options import lang_option, now_option, policy_option
from replylint.cli.settings import moment
from replylint.cli.usage import WrongUsage
from replylint.evaluate.approvals import State, approved_digest, approving_roles, states
from replylint.evaluate.model import Finding, Undecided
from replylint.evaluate.planned import with_actions
from replylint.evaluate.roles import near_role, role_key, unknown_roles, with_roles
from replylint.render.contacts import on_call
from replylint.render.visible import visible
from replylint.source.locks import alone
from replylint.source.messages import Lang, say
from replylint.source.problems import Problem, Said
from replylint.source.spans import Source
from replylint.source.writing import rewrite

if TYPE_CHECKING:
    from replylint.api import Checker


@click.command()
@click.argument("draft", metavar="DRAFT")
@click.option("--role", required=True, metavar="ROLE", help="The role in the contract in which it is approved.")
@click.option("--by", required=True, metavar="NAME", help="Who approves it.")
@click.option("--until", metavar="TIME", help="Until when it holds: a day, or a moment. [default: without an end]")
@policy_option
@now_option("The moment of approval.")
@lang_option
def approve(
    draft: str, role: str, by: str, until: str | None, policy_dir: str | None, now: str | None, lang: str | None
) -> int:
    """Approve a draft as it stands: adds to its `approvals`, with the digest of its reply and its planned actions.

    Exit code 1 when the draft still waits for somebody else's approval; where this one would help nothing, it is not
    written.

    \b
    replylint approve drafts/0042.md --role brand_manager --by 林經理 --until 2026-11-23
    """
    here = ground(policy_dir, lang, (draft,))
    checker = here.checker_or_tell(moment(now))
    if checker is None:
        return Exit.COULD_NOT_CHECK
    moment(until, "--until")  # told as wrong usage when it is none
    with alone(Path(draft).parent):
        return _approve(draft, role, by, until, checker, here.lang)


def _approve(draft: str, role: str, by: str, until: str | None, checker: Checker, spoken: Lang) -> int:
    """Approve a draft that nobody else of ours writes to meanwhile."""
    policy, case = checker.policy, _known(only_case(draft), checker)
    key = role_key(role, policy.contract)
    near = near_role(role, policy.contract) if key is None else None
    if near is not None:
        raise WrongUsage("usage.role-near", {"role": role, "near": near})
    if key is None or key not in approving_roles(policy.contract):
        known = tuple(sorted(approving_roles(policy.contract)))
        raise WrongUsage("usage.no-approver", {"role": role, "known": known})
    at = checker.moment.isoformat(timespec="minutes")
    stated = {"role": key, "by": by, "at": at, **({"until": until} if until else {}), "digest": approved_digest(case)}
    data = Path(draft).read_bytes()
    written, approved = _with(data, Path(draft), stated, checker)
    lacking, asked = checker.judge.waits_for(approved), checker.judge.waits_for(case)
    useless = bool(lacking) and len(lacking) == len(asked)
    shown = {"role": policy.contract.role_title(key, spoken), "by": by, "path": draft, "digest": stated["digest"]}
    if useless:
        printing.line(say("cli.approval-useless", spoken, shown))
    else:
        rewrite(Path(draft), data, written)
        printing.line(say("cli.approved-until" if until else "cli.approved", spoken, {**shown, "until": until or ""}))
        if "review.id" not in case.fields:
            printing.line(say("cli.approval-by-words", spoken))
        if lacking:
            printing.line(say("cli.approval-in-part", spoken, shown))
    printing.lines(_lacking(lacking, checker, spoken))
    return Exit.NOT_CLEARED if lacking else Exit.CLEARED


def _lacking(
    lacking: Iterable[tuple[Finding | Undecided, frozenset[str]]], checker: Checker, lang: Lang
) -> Iterator[str]:
    """What an approval is not enough for, by whose word it waits for, and how to reach them."""
    grouped: dict[frozenset[str], dict[str, None]] = {}
    for outcome, roles in lacking:
        where = visible(f"{outcome.labels[0].where}")
        told = say("cli.approval-lacks", lang, {"where": where, "what": visible(outcome.message.said(lang))})
        grouped.setdefault(roles, {})[told] = None
    contract = checker.policy.contract
    for roles, places in grouped.items():
        yield from places
        named = tuple(contract.role_title(role, lang) for role in sorted(roles))
        yield say("cli.approval-by" if named else "cli.approval-by-nobody", lang, {"roles": named})
        found = (contract.contact_for(role, checker.moment) for role in sorted(roles))
        yield from (say("cli.approval-reach", lang, {"contact": on_call(one, lang)}) for one in found if one)


def _known(case: Case, checker: Checker) -> Case:
    """The case as its rules see it. Raises WrongUsage when something in it is not known, and cannot be approved."""
    contract = checker.policy.contract
    known, problems = with_actions(with_roles(case, contract), contract)
    wrong = (*unknown_roles(case, contract), *problems)
    if wrong:
        raise WrongUsage("usage.no-draft", {"path": case.source.source.path, "what": _said(wrong[0])})
    return known


def _said(problem: Problem) -> Said:
    return Said(problem.key, problem.values)


def _with(data: bytes, path: Path, stated: dict[str, str], checker: Checker) -> tuple[bytes, Case]:
    """A file with an approval put in, and the case in it, once it is sure that it will be read as it is meant.

    data: what the file holds. Raises WrongUsage when there is no safe place, or the approval would not count.
    """
    source = decode(data, path.as_posix())
    text = with_approval(source, stated) if isinstance(source, Source) else None
    if text is None:
        raise WrongUsage("usage.approval-by-hand", {"path": path.as_posix()})
    written = encoded_like(text, data)
    read = list(read_text(written, path.as_posix()))
    case = _known(read[0], checker) if len(read) == 1 and isinstance(read[0], Case) else None
    state = _last(case, checker) if case else None
    if case is None or state is None or state[0].digest != stated["digest"]:
        raise WrongUsage("usage.approval-by-hand", {"path": path.as_posix()})
    if state[1] != "valid":
        raise WrongUsage(f"usage.approval-{state[1]}", {"by": stated["by"], "until": stated.get("until", "")})
    return written, case


def _last(case: Case, checker: Checker) -> tuple[Approval, State] | None:
    found = states(case, checker.policy.contract, checker.moment + dt.timedelta(minutes=1))
    return found[-1] if found else None
