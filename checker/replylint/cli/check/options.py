"""What may be asked of `check` on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from replylint.cli.completion import rule_names
from replylint.cli.options import colour_option, format_option, lang_option, now_option, policy_option
from replylint.cli.settings import FAIL_LEVELS
from replylint.render.formats import FORMATS

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Asked:
    """The words of one call of `check`, as the options below take them."""

    paths: tuple[str, ...]
    policy_dir: str | None
    policy_ref: str | None
    format_: str
    fail_level: str | None
    only: tuple[str, ...]
    now: str | None
    stdin_filename: str | None
    changed: str | None
    history: tuple[str, ...]
    jobs: int | None
    output: tuple[str, ...]
    no_waivers: bool
    baseline: str | None
    update_baseline: bool
    receipts: str | None
    key: str | None
    unsigned: bool
    valid_for: str | None
    audit: str | None
    audit_words: bool
    no_cache: bool
    fix: bool
    diff: bool
    watch: bool
    quiet: bool
    color: str
    lang: str | None

    @property
    def keeps_records(self) -> bool:
        """Whether anything is asked for that has to do with receipts or the audit log."""
        named = (self.receipts, self.key, self.valid_for, self.audit)
        return self.unsigned or self.audit_words or any(each is not None for each in named)


_OPTIONS = (
    click.argument("paths", nargs=-1),
    policy_option,
    click.option("--policy-ref", metavar="REF", help="Take the policy and the settings from this state of the git "
                 "repository, not from the files that are there."),
    format_option(FORMATS),
    click.option("--fail-level", type=click.Choice(FAIL_LEVELS), help="Findings this bad or worse block. "
                 "[default: error]"),
    click.option("--rule", "only", multiple=True, metavar="NAME", shell_complete=rule_names,
                 help="Evaluate only this rule; may be repeated."),
    now_option("The moment of the check, as 2026-11-20T10:00+08:00."),
    click.option("--stdin-filename", metavar="NAME", help="Read standard input as if it were a file of this name."),
    click.option("--changed", is_flag=False, flag_value="HEAD", metavar="[REF]", help="Only drafts changed since REF "
                 "(HEAD when left out), or since this branch left it; all of them when the policy changed."),
    click.option("--history", multiple=True, metavar="FILE", help="Earlier replies that no draft should repeat."),
    click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use for many drafts. "
                 "[default: the processors]"),
    click.option("--output", multiple=True, metavar="FILE", help="Write a report there too, in the format of its "
                 "ending (.txt .json .sarif .md .xml) or as FORMAT=FILE; may be repeated."),
    click.option("--no-waivers", is_flag=True, help="Show what waivers set aside."),
    click.option("--baseline", metavar="FILE", help="Findings that FILE holds already do not count."),
    click.option("--update-baseline", is_flag=True, help="Make the baseline from all that is found now; in one that is "
                 "there, only take out what is fixed."),
    click.option("--receipts", metavar="DIR", help="Write a signed receipt there for every draft that is cleared."),
    click.option("--key", metavar="FILE", help="Private key that signs receipts. [default: what REPLYLINT_KEY holds]"),
    click.option("--unsigned", is_flag=True, help="Write receipts that nobody signs, for workflows that attest them."),
    click.option("--valid-for", metavar="TIME", help="How long receipts hold, as 30m, 24h or 7d. [default: 24h]"),
    click.option("--audit", metavar="FILE", help="Add a line for every verdict to this log, which is chained."),
    click.option("--audit-words", is_flag=True, help="Let the log tell the words at fault, too; by default it holds "
                 "no text of drafts."),
    click.option("--no-cache", is_flag=True, help="Read and judge every draft anew, and keep nothing of it."),
    click.option("--fix", is_flag=True, help="First take out invisible characters and letters that only look Latin."),
    click.option("--diff", is_flag=True, help="Only show what --fix would change; exit 1 when it would."),
    click.option("--watch", is_flag=True, help="Check again whenever a draft or the policy changes."),
    click.option("--quiet", "-q", is_flag=True, help="Show only drafts that are not cleared, and the summary."),
    colour_option,
    lang_option,
)  # fmt: skip


def check_options(command: _F) -> _F:
    """Every option of `check`, in the order in which --help tells them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
