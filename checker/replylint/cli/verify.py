"""`replylint verify`: may this be posted? Called by whatever posts, right before it does."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import read_path
from replylint.cli.exits import Exit
from replylint.cli.keys import verifying_keys
from replylint.cli.lengths import length
from replylint.cli.policy import tell
from replylint.cli.settings import FAIL_LEVELS, find_policy, lang_option, language, moment, policy_option, settings_for
from replylint.cli.telling import could_not, help_line
from replylint.cli.usage import WrongUsage
from replylint.language.book import read_revision
from replylint.language.revision import Revision
from replylint.receipts.bound import bound
from replylint.receipts.envelope import opened, opened_unsigned
from replylint.receipts.find import Open, Refused, allowed
from replylint.receipts.once import PostedError, post_once
from replylint.receipts.receipt import Receipt
from replylint.receipts.verify import Posting, Terms
from replylint.render.visible import visible
from replylint.source.digests import digest, text_digest
from replylint.source.failures import reason_of
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import PolicyError, Problem, Said, Saying

MOST_BYTES = 20_000_000
"""Of a text; no platform takes as much."""


@dataclass(frozen=True)
class Asked:
    """The words of one call of `verify`."""

    receipts: str
    case: str | None
    text: str | None
    draft: str | None
    platform: str | None
    key: tuple[str, ...]
    unsigned: bool
    policy_dir: str | None
    any_policy: bool
    fail_level: str | None
    max_age: str | None
    once: str | None
    print_: bool
    now: str | None
    lang: str | None


@click.command()
@click.option("--receipts", metavar="DIR", required=True, help="The folder that `check --receipts` wrote to.")
@click.option("--case", metavar="FILE", help="The draft that is about to be posted, as a file that `check` reads.")
@click.option("--text", metavar="FILE", help="Only the text that is about to be posted, byte by byte; - for "
              "standard input. The planned actions are not compared.")
@click.option("--draft", metavar="ID", help="With --text: the draft that the text must belong to. With --case: which "
              "draft of the file.")
@click.option("--platform", metavar="NAME", help="Where it is about to be posted; the receipt must be for there.")
@click.option("--key", metavar="FILE", multiple=True, help="Public key whose signature counts; may be repeated. "
              "[default: what REPLYLINT_PUBLIC_KEY holds]")
@click.option("--unsigned", is_flag=True, help="Take receipts that nobody signed, and only those: their origin must "
              "then be known otherwise.")
@policy_option
@click.option("--any-policy", is_flag=True, help="Do not compare the policy with the one that was checked against.")
@click.option("--fail-level", type=click.Choice(FAIL_LEVELS), help="Findings this bad or worse must have blocked.")
@click.option("--max-age", metavar="TIME", help="How old the check may be, as 30m, 24h or 7d.")
@click.option("--once", metavar="FILE", help="Note in this log what was verified, and refuse it the next time.")
@click.option("--print", "print_", is_flag=True, help="With --case: print the verified text, exactly, and nothing "
              "else on standard output.")
@click.option("--now", metavar="TIME", help="The moment of posting. [default: the clock]")
@lang_option
def verify(**words: Any) -> int:
    """Refuse to post what is not exactly what was checked and cleared.

    \b
    replylint verify --receipts receipts/ --case drafts/0042.md --key replies.key.pub
    replylint verify --receipts receipts/ --text reply.txt --draft 0042 --key replies.key.pub
    replylint verify --receipts receipts/ --case drafts/0042.md --key replies.key.pub --print > reply.txt

    \b
    Exit codes: 0 verified · 1 refused · 2 wrong usage · 3 could not be verified
    """  # fmt: skip
    asked = Asked(**words)
    _together(asked)
    settings, file = settings_for(Path.cwd())
    spoken = language(asked.lang, settings)
    keys = verifying_keys(asked.key, asked.unsigned)
    read: Open = opened_unsigned if asked.unsigned else partial(opened, keys=keys)
    folder = Path(asked.receipts)
    if not folder.is_dir():
        return could_not(Problem("receipts.no-folder", values={"folder": asked.receipts}), spoken)
    terms = _terms(asked, settings, file)
    if isinstance(terms, PolicyError):
        tell(terms.problems, asked.lang, spoken, "receipts.policy-unread")
        return Exit.COULD_NOT_CHECK
    postings = list(_postings(asked))
    for posting in postings:
        if isinstance(posting, Problem):
            return could_not(posting, spoken)
        if isinstance(posting, Unreadable):
            tell(posting.problems, asked.lang, spoken, "receipts.case-unread")
            return Exit.COULD_NOT_CHECK
    return _all([p for p in postings if isinstance(p, _Text)], _Run(asked, folder, terms, read, spoken))


@dataclass(frozen=True)
class _Text:
    """A text with what it is posted for, and the digests of texts that look the same."""

    text: str
    posting: Posting
    lookalikes: Mapping[str, str]


@dataclass(frozen=True)
class _Run:
    """What is asked of every posting."""

    asked: Asked
    folder: Path
    terms: Terms
    read: Open
    lang: Lang


def _together(asked: Asked) -> None:
    if (asked.case is None) == (asked.text is None):
        raise WrongUsage("usage.case-or-text")
    if asked.print_ and asked.case is None:
        raise WrongUsage("usage.print-needs-case")
    if asked.any_policy and asked.policy_dir is not None:
        raise WrongUsage("usage.policy-and-any")


def _terms(asked: Asked, settings: Mapping[str, Any], file: Path | None) -> Terms | PolicyError:
    try:
        policy = None if asked.any_policy else _revision(asked, settings, file)
    except PolicyError as error:
        return error
    now = moment(asked.now) or dt.datetime.now(dt.UTC)
    level = asked.fail_level or str(settings.get("fail-level", "error"))
    return Terms(now, policy, level, length(asked.max_age, "--max-age") if asked.max_age is not None else None)


def _revision(asked: Asked, settings: Mapping[str, Any], file: Path | None) -> Revision:
    near = asked.case if asked.case is not None else "."
    found = find_policy(asked.policy_dir, (near,), settings, file)
    current = read_revision(found.path, found.shown)
    return current.under(settings.get("components", ()), settings.get("enforcement", {}))


def _postings(asked: Asked) -> Iterator[_Text | Unreadable | Problem]:
    """What is about to be posted: a text, or every draft of a file."""
    if asked.text is not None:
        yield _text(asked, asked.text)
        return
    assert asked.case is not None
    number = 0
    for case in read_path(asked.case):
        if isinstance(case, Unreadable):
            number += 1
            yield case
        elif not isinstance(case, Skipped) and asked.draft in (None, case.id):
            number += 1
            yield _case(asked, case)
    if number == 0:
        yield Problem("receipts.no-such-draft", values={"path": asked.case, "id": asked.draft or ""})
    elif number > 1 and asked.print_:
        raise WrongUsage("usage.print-one")


def _case(asked: Asked, case: Case) -> _Text:
    whole = bound(case)
    posting = Posting(whole.reply, whole, platform=asked.platform)
    return _Text(case.reply.text, posting, {})


def _text(asked: Asked, path: str) -> _Text | Problem:
    try:
        if path == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return Problem("receipts.unreadable", values={"path": path, "reason": reason_of(error)})
    if len(data) > MOST_BYTES:
        return Problem("receipts.text-too-large", values={"path": path})
    posting = Posting(digest(data), None, asked.draft, asked.platform)
    # The first that fits tells most precisely what came between.
    return _Text("", posting, dict(reversed(list(_lookalikes(data)))))


def _lookalikes(data: bytes) -> Iterator[tuple[str, str]]:
    """Digests of the texts that were probably meant, with the key of the sentence that says what came between."""
    bom, ends = data.removeprefix(b"\xef\xbb\xbf"), data.replace(b"\r\n", b"\n")
    yield digest(bom), "receipts.text-has-bom"
    yield digest(data.rstrip(b"\r\n")), "receipts.text-has-end"
    yield digest(ends), "receipts.text-has-crlf"
    yield digest(data.replace(b"\n", b"\r\n")), "receipts.text-lacks-crlf"
    yield digest(bom.replace(b"\r\n", b"\n").strip()), "receipts.text-has-several"
    for codec in ("utf-16", "cp950"):
        try:
            yield text_digest(data.decode(codec).strip()), "receipts.text-other-encoding"
        except UnicodeDecodeError:
            continue


def _all(texts: list[_Text], run: _Run) -> int:
    """Every posting, the worst of which is the exit code; nothing is printed of a text that is not verified."""
    worst = Exit.CLEARED
    for each in texts:
        found = allowed(each.posting, run.folder, run.terms, run.read, each.lookalikes)
        once = _once(found, run) if isinstance(found, Receipt) else None
        if isinstance(once, Problem):
            return could_not(once, run.lang)
        found = once or found
        worst = max(worst, Exit.CLEARED if isinstance(found, Receipt) else Exit.NOT_CLEARED)
        for line in _verified(found, run) if isinstance(found, Receipt) else _told(found, each, run.lang):
            click.echo(line, err=run.asked.print_)
        if run.asked.print_ and isinstance(found, Receipt):
            sys.stdout.buffer.write(each.text.encode("utf-8", "surrogatepass"))
    return worst


def _once(receipt: Receipt, run: _Run) -> Refused | Problem | None:
    """Note a posting, or refuse it when it was noted before."""
    if run.asked.once is None:
        return None
    try:
        return post_once(Path(run.asked.once), receipt, run.terms.now)
    except PostedError as error:
        values = {"id": receipt.bound.id, "at": error.at, "path": run.asked.once}
        return Refused((Problem("receipts.posted-before", values=values),))


def _verified(receipt: Receipt, run: _Run) -> Iterator[str]:
    b = receipt.bound
    where: Saying = visible(b.platform) if b.platform else Said("receipts.no-platform")
    at = receipt.now.isoformat(timespec="minutes")
    until = receipt.expires.isoformat(timespec="minutes")
    yield say("receipts.verified", run.lang, {"id": visible(b.id), "platform": where, "at": at, "until": until})
    if stands := tuple(_let_stand(receipt)):
        yield "  " + say("receipts.let-stand", run.lang, {"points": stands})
    if run.asked.text is not None and set(b.planned) - {"reply"}:
        yield "  " + say("receipts.actions-not-compared", run.lang, {"actions": b.planned})
    if run.terms.policy is None:
        yield "  " + say("receipts.policy-not-compared", run.lang)
    if run.asked.unsigned:
        yield "  " + say("receipts.signature-not-asked", run.lang)


def _let_stand(receipt: Receipt) -> Iterator[Saying]:
    for waiver in receipt.waivers:
        shown = {name: visible(str(waiver.get(name, ""))) for name in ("rule", "by", "role")}
        yield Said("receipts.let-stand-waived", shown)
    if receipt.known:
        yield Said("receipts.let-stand-known", {"number": str(receipt.known)})


def _told(refused: Refused, text: _Text, lang: Lang) -> Iterator[str]:
    name = text.posting.bound.id if text.posting.bound else text.posting.draft
    shown: Saying = f"{visible(name)}" if name else Said("receipts.the-text")
    for problem in refused.problems:
        sentence, advice = describe(problem, lang)
        yield say("receipts.refused", lang, {"name": shown, "why": visible(sentence)})
        if advice:
            yield help_line(advice, lang)
    if refused.path is not None:
        yield "  " + say("receipts.see-receipt", lang, {"path": visible(refused.path.as_posix())})

