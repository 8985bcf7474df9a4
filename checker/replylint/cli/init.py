"""`replylint init`: a repository of drafts that works at once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import click

from replylint import __version__
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.options import lang_option
from replylint.cli.settings import language_here
from replylint.cli.telling import tell
from replylint.cli.usage import WrongUsage
from replylint.contract.load import parse
from replylint.contract.model import Contract
from replylint.contract.readers import READERS
from replylint.language.files import CONTRACT, RULES
from replylint.source.messages import Lang, say
from replylint.source.problems import PolicyError, Said, Saying
from replylint.source.resources import starter_policy
from replylint.source.spans import Source
from replylint.source.values import Money
from replylint.source.writing import create_file

_OFFERS = "authority.offers."
_REFUND, _VOUCHER = f"{_OFFERS}refund.limit", f"{_OFFERS}voucher.limit"


@dataclass(frozen=True)
class _Question:
    """Something that the contract has to say: the option that answers it and where the answer goes."""

    option: str
    path: str


_QUESTIONS = (
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


_MARKER = "REPLACE-WITH-OWNER"
"""What stands where only the reader knows what belongs there: no name that anybody could have."""

_NO_ACTION = re.compile(_MARKER + r"/replylint@0{40}.*")
_OWNER = re.compile(r"@[A-Za-z0-9][\w-]*(/[\w.-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+")
_ACTION = re.compile(r"[A-Za-z0-9][\w-]*/[\w.-]+(/[\w./-]+)?@[0-9a-f]{40}")


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--brand", metavar="NAME", help="The brand in whose name replies are written.")
@click.option("--legal-name", metavar="NAME", help="The company behind it.")
@click.option("--agency", metavar="NAME", help="The team that writes them.")
@click.option("--time-zone", metavar="ZONE", help="Such as Asia/Taipei.")
@click.option("--country", metavar="CODE", help="Whose public holidays count, such as TW.")
@click.option("--refund-limit", metavar="MONEY", help="The most that a reply may promise back, such as 'TWD 500'.")
@click.option("--voucher-limit", metavar="MONEY", help="The same for vouchers.")
@click.option("--manager", metavar="NAME", help="Who decides for the brand.")
@click.option("--manager-channel", metavar="TEXT", help="How to reach that person.")
@click.option("--owners", metavar="NAMES", help="GitHub users or teams of the brand's side, such as @acme/brand; only "
              "they may then change the policy.")
@click.option("--action", metavar="OWNER/REPO@COMMIT", help="Let the workflow use this action; without it, it installs "
              "the package.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: what no option says stays as in the starter contract.")
@lang_option
def init(
    folder: Path, owners: str | None, action: str | None, yes: bool, lang: str | None, **stated: str | None
) -> int:
    """Make a repository of drafts: policy, example drafts, hook, workflow, CODEOWNERS.

    Files that are there already are left as they are, so that it can be run again.

    \b
    replylint init replies --brand 青禾茶食 --refund-limit "TWD 500"
    """
    spoken = language_here(lang)
    answers = {name: value for name, value in stated.items() if value}
    github = {name: value for name, value in (("owners", owners), ("action", action)) if value}
    if not yes and not (folder / "policy" / CONTRACT).exists():
        if sys.stdin.isatty():
            answers |= _asked(answers, spoken)
            github |= _asked_of_github(github, spoken)
        elif len(answers) < len(_QUESTIONS):
            printing.line(say("cli.init-not-asked", spoken), aside=True)
    _check_github(github)
    try:
        contract = contract_with(answers)
    except PolicyError as error:
        tell(error.problems, lang, spoken, "cli.mistakes-found")
        return Exit.USAGE
    made = _rules_made(folder, spoken)
    for path, text in _files(contract, spoken, github):
        made += _made(folder / path, text, spoken)
    printing.lines(_next(folder, made, spoken))
    return Exit.CLEARED


def _next(folder: Path, made: int, lang: Lang) -> Iterator[str]:
    """What is to be done with the files: tried, and finished where only the reader knows what belongs there."""
    if made:
        where: Saying = Said("cli.init-here" if folder == Path() else "cli.init-in", {"folder": folder.as_posix()})
        yield from say("cli.init-done", lang, {"where": where}).split("\n")
    else:
        yield say("cli.init-nothing", lang)
    for path in _unfinished(folder):
        yield say("cli.init-replace", lang, {"path": path, "marker": _MARKER})


def _unfinished(folder: Path) -> Iterator[str]:
    """The files in which something still has to be replaced."""
    for path in (".github/CODEOWNERS", ".github/workflows/replies.yml"):
        try:
            text = (folder / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # somebody's own, and none of ours
        if _MARKER in text:
            yield path


def _asked_of_github(stated: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """What is asked about GitHub; an empty answer leaves it open."""
    asked = {name: printing.asked(say(f"cli.ask-{name}", lang))
             for name in ("owners", "action") if name not in stated}  # fmt: skip
    return {name: value.strip() for name, value in asked.items() if value.strip()}


def _check_github(stated: Mapping[str, str]) -> None:
    """Raises WrongUsage for names that GitHub would pass over, and for an action that is not pinned to a commit."""
    for owner in re.split(r"[\s,]+", stated.get("owners", "").strip()):
        if owner and not _OWNER.fullmatch(owner):
            raise WrongUsage("usage.no-owner", {"name": owner})
    if "action" in stated and not _ACTION.fullmatch(stated["action"]):
        raise WrongUsage("usage.no-action", {"name": stated["action"]})


def contract_with(answers: Mapping[str, str]) -> str:
    """The starter contract with other values in their places, comments and all.

    answers: by the names of the options. Raises PolicyError when an answer is not what belongs there.
    """
    source = Source(CONTRACT, (starter_policy() / CONTRACT).read_text(encoding="utf-8"))
    starter = parse(source)
    stated = {q.path: answers[q.option] for q in _QUESTIONS if q.option in answers}
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


def _asked(answers: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """What is asked on the terminal, each with the starter's value to fall back on."""
    starter = parse(Source(CONTRACT, (starter_policy() / CONTRACT).read_text(encoding="utf-8")))
    found: dict[str, str] = {}
    for question in _QUESTIONS:
        if question.option not in answers:
            now = starter.entries[question.path].words.words.strip("\"'")
            said = printing.asked(say(f"cli.ask-{question.option.replace('_', '-')}", lang), now)
            found |= {question.option: said} if said != now else {}
    return found


def _rules_made(folder: Path, lang: Lang) -> int:
    """Write the starter rules, each unless it is there; says how many, as a line for each would hide the rest."""
    rules = sorted((starter_policy() / RULES).glob("*.rules"))
    target = folder / "policy" / RULES
    made = sum(_created(target / rule.name, rule.read_text(encoding="utf-8")) for rule in rules)
    for key, number in (("cli.init-wrote-rules", made), ("cli.init-kept-rules", len(rules) - made)):
        if number:
            printing.line(say(key, lang, {"path": target.as_posix(), "number": str(number)}))
    return made


def _files(contract: str, lang: Lang, github: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """All other files: their paths and texts."""
    yield f"policy/{CONTRACT}", contract
    owners = " ".join(re.split(r"[\s,]+", github.get("owners", f"@{_MARKER}").strip()))
    values = {"lang": lang, "version": __version__, "owners": owners}
    yield "drafts/example-cleared.md", _template("cleared.md", {})
    yield "drafts/example-blocked.md", _template("blocked.md", {})
    yield "replylint.toml", _template("replylint.toml", values)
    yield ".pre-commit-config.yaml", _template("pre-commit-config.yaml", {})
    yield ".gitignore", _template("gitignore", {})
    yield ".gitattributes", _template("gitattributes", {})
    action = github.get("action")
    gate = _NO_ACTION.sub(action, _template("gate.yml", {})) if action else _template("workflow.yml", values)
    yield ".github/workflows/replies.yml", gate
    yield ".github/CODEOWNERS", _template("codeowners", values)


def _template(name: str, values: Mapping[str, str]) -> str:
    text = (files("replylint.templates") / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _made(path: Path, text: str, lang: Lang) -> bool:
    """Write a file unless something is there; says which."""
    made = _created(path, text)
    printing.line(say("cli.init-wrote" if made else "cli.init-kept", lang, {"path": path.as_posix()}))
    return made


def _created(path: Path, text: str) -> bool:
    """Write a file unless something is there."""
    try:
        create_file(path, text)
    except FileExistsError:
        return False
    return True
