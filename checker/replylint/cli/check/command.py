"""`replylint check`: verdicts on drafts."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from replylint import __version__
from replylint.cli import printing
from replylint.cli.check.kept import keeping_of
from replylint.cli.check.options import Asked, check_options
from replylint.cli.check.reports import reports_for, write
from replylint.cli.check.revision import RunGround, ground_of_run
from replylint.cli.exits import Exit
from replylint.cli.screen import coloured, width
from replylint.cli.settings import moment
from replylint.cli.usage import WrongUsage
from replylint.render.options import Options
from replylint.source.messages import say

if TYPE_CHECKING:
    from replylint.cli.check.changed import Changes
    from replylint.source.messages import Lang


class _Checked(click.Command):
    """A command of which an option's value is never read as another option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, but for `--changed=--help`, of which it would make two options; raises WrongUsage."""
        for word in takewhile(lambda word: word != "--", args):
            if word.startswith("--changed=-"):
                raise WrongUsage("usage.no-ref", {"ref": word.partition("=")[2], "option": "--changed"}, ctx)
        return super().parse_args(ctx, args)


@click.command(
    cls=_Checked,
    epilog="The policy is --policy, else `policy` in replylint.toml or [tool.replylint] of pyproject.toml, else a "
    "policy/ folder found upward from the drafts, else the starter policy."
)
@check_options
def check(**words: Any) -> int:
    """Check drafts: files, folders or globs.

    \b
    replylint check drafts/
    replylint check drafts/0042.md --lang zh
    replylint check reviews.jsonl --format json
    """
    asked = Asked(**words)
    if not asked.paths and (asked.stdin_filename is None or asked.fix or asked.diff or asked.watch):
        raise WrongUsage("usage.nothing-named")
    if asked.paths and asked.stdin_filename is not None:
        raise WrongUsage("usage.files-or-stdin")
    drafts = asked.paths or (asked.stdin_filename or "",)
    with ground_of_run(asked.policy_dir, asked.policy_ref, drafts, asked.lang) as found:
        since = _since(asked, found)
        if asked.diff or asked.fix:
            changed = _mend(asked, since, found.lang)
            if asked.diff:
                return Exit.NOT_CLEARED if changed else Exit.CLEARED
        if asked.watch:
            from replylint.cli.check.watch import watch

            return watch(lambda: judge(asked, found, _since(asked, found)), asked.paths, found.folder.path, found.lang)
        return judge(asked, found, since)


def _mend(asked: Asked, since: Changes | None, lang: Lang) -> int:
    """Mend drafts, or only show how; how many."""
    from replylint.cli.check.drafts import Drafts
    from replylint.cli.check.fixes import mended, show, write

    # All are read before the first is written, so that a draft is never read half way.
    found = list(mended(Drafts(asked.paths, None, since)))
    for each in found:
        show(each) if asked.diff else write(each, lang)
    return len(found)


def judge(asked: Asked, found: RunGround, changes: Changes | None) -> int:
    """One run over drafts, its reports written; how it ended.

    changes: what to narrow the run to; nothing for all drafts.
    """
    reports = reports_for(asked.format_, asked.output)
    now = moment(asked.now)
    keeping = keeping_of(asked, found) if changes is None else None
    known = keeping.recall(found.folder.shown, now) if keeping is not None else None
    if keeping is not None and known is not None and known.open:
        from replylint.cli.check.reopened import reopened

        known = reopened(known, asked, found, keeping)
    if known is None:
        # Loaded late, as all that reads and judges drafts is: nothing of it is needed where nothing has changed.
        from replylint.cli.check.judging import judge_anew

        return judge_anew(asked, found, changes, keeping)
    at, tally = known.under.moment, known.tally()
    options = Options(__version__, found.lang, coloured(asked.color), asked.quiet, width(), at, known.pages)
    write(reports, (*known.entries, tally.summary(known.under)), options)
    return tally.exit


def _since(asked: Asked, found: RunGround) -> Changes | None:
    """The files changed since --changed; nothing when what all verdicts depend on has changed."""
    if asked.changed is None and asked.policy_ref is None:
        return None
    from replylint.cli.check.changed import changes_since

    first = Path(asked.paths[0]) if asked.paths else Path()
    folder = first if first.is_dir() else first.parent
    ref = asked.policy_ref
    if ref is not None and changes_since(ref, folder, "--policy-ref").bear_on_all(found.folder.path):
        _aside("cli.policy-other", ref, found)
    if asked.changed is None:
        return None
    changes = changes_since(asked.changed, folder)
    if ref is not None or not changes.bear_on_all(found.folder.path):
        return changes
    _aside("cli.policy-changed", asked.changed, found)
    return None


def _aside(key: str, ref: str, found: RunGround) -> None:
    printing.line(say(key, found.lang, {"ref": ref}), aside=True)
