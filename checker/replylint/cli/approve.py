"""`replylint approve`: writes down who approved a draft, with the digest of what was approved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from replylint.api import Checker
from replylint.case.approvals import Approval
from replylint.case.encoding import decode, encoded_like
from replylint.case.insert import with_approval
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.cli.exits import Exit
from replylint.cli.load import load_or_tell
from replylint.cli.settings import lang_option, language, moment, policy_option, settings_for
from replylint.cli.usage import WrongUsage
from replylint.cli.waive import only_case
from replylint.evaluate.approvals import State, approved_digest, approving_roles, states
from replylint.evaluate.planned import with_actions
from replylint.evaluate.roles import near_role, role_key, unknown_roles, with_roles
from replylint.source.messages import say
from replylint.source.problems import Problem, Said
from replylint.source.spans import Source
from replylint.source.writing import write_file


@click.command()
@click.argument("draft", metavar="DRAFT")
@click.option("--role", required=True, metavar="ROLE", help="The role in the contract in which it is approved.")
@click.option("--by", required=True, metavar="NAME", help="Who approves it.")
@click.option("--until", metavar="TIME", help="Until when it holds: a day, or a moment. [default: without an end]")
@policy_option
@click.option("--now", metavar="TIME", help="The moment of approval. [default: the clock]")
@lang_option
def approve(
    draft: str, role: str, by: str, until: str | None, policy_dir: str | None, now: str | None, lang: str | None
) -> int:
    """Approve a draft as it stands: adds to its `approvals`, with the digest of its reply and its planned actions.

    \b
    replylint approve drafts/0042.md --role brand_manager --by 林經理 --until 2026-11-23
    """
    settings, _ = settings_for(Path.cwd())
    spoken = language(lang, settings)
    policy = load_or_tell(policy_dir, lang, (draft,))
    if policy is None:
        return Exit.COULD_NOT_CHECK
    checker = Checker(policy, now=moment(now))
    moment(until)  # told as wrong usage when it is none
    case = _known(only_case(draft), checker)
    key = role_key(role, policy.contract)
    near = near_role(role, policy.contract) if key is None else None
    if near is not None:
        raise WrongUsage("usage.role-near", {"role": role, "near": near})
    if key is None or key not in approving_roles(policy.contract):
        known = tuple(sorted(approving_roles(policy.contract)))
        raise WrongUsage("usage.no-approver", {"role": role, "known": known})
    at = checker.moment.isoformat(timespec="minutes")
    stated = {"role": key, "by": by, "at": at, **({"until": until} if until else {}), "digest": approved_digest(case)}
    _write(Path(draft), stated, checker)
    shown = {"role": key, "by": by, "path": draft, "digest": stated["digest"]}
    click.echo(say("cli.approved-until" if until else "cli.approved", spoken, {**shown, "until": until or ""}))
    return Exit.CLEARED


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


def _write(path: Path, stated: dict[str, str], checker: Checker) -> None:
    """Put an approval into a file, once it is sure that it will be read from there as it is meant. Raises OSError."""
    data = path.read_bytes()
    source = decode(data, path.as_posix())
    text = with_approval(source, stated) if isinstance(source, Source) else None
    if text is None:
        raise WrongUsage("usage.approval-by-hand", {"path": path.as_posix()})
    written = encoded_like(text, data)
    read = list(read_text(written, path.as_posix()))
    case = _known(read[0], checker) if len(read) == 1 and isinstance(read[0], Case) else None
    state = _last(case, checker) if case else None
    if state is None or state[0].digest != stated["digest"]:
        raise WrongUsage("usage.approval-by-hand", {"path": path.as_posix()})
    if state[1] != "valid":
        raise WrongUsage(f"usage.approval-{state[1]}", {"by": stated["by"], "until": stated.get("until", "")})
    write_file(path, written)


def _last(case: Case, checker: Checker) -> tuple[Approval, State] | None:
    found = states(case, checker.policy.contract, checker.moment + dt.timedelta(minutes=1))
    return found[-1] if found else None
