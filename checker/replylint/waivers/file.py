"""The policy's `waivers.yml`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from replylint.case.encoding import decode
from replylint.case.limits import MAX_DOCUMENT_BYTES
from replylint.case.waivers import ANY, Waiver, read_waivers
from replylint.case.yaml_files import read_yaml
from replylint.source.failures import reason_of
from replylint.source.problems import PolicyError, Problem
from replylint.source.spans import Source
from replylint.waivers.apply import unknown_rule


def load_waivers(path: Path, shown: str, rules: Collection[str] | None) -> tuple[Waiver, ...]:
    """The waivers of a file under the name shown to people; none when there is no file. `rules`: the names of rules;
    None where they cannot be known.

    Raises PolicyError with everything that is wrong with it: a waiver that cannot be read waives nothing, and whoever
    wrote it should hear of it.
    """
    source = _source(path, shown)
    if source is None:
        return ()
    trees = read_yaml(source)
    problems = [each for each in trees if isinstance(each, Problem)]
    waivers: list[Waiver] = []
    for tree in trees:
        if not isinstance(tree, Problem):
            found, wrong = read_waivers(tree)
            waivers += found
            problems += wrong
    problems += [Problem("waivers.no-draft", w.where, {"rule": w.rule}) for w in waivers if not w.draft]
    if rules is not None:
        problems += [unknown_rule(w, rules) for w in waivers if w.rule not in rules and w.rule != ANY]
    if problems:
        raise PolicyError(problems)
    return tuple(waivers)


def _source(path: Path, shown: str) -> Source | None:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_DOCUMENT_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PolicyError([Problem("case.cannot-open", None, {"name": shown, "reason": reason_of(error)})]) from error
    if not data.strip():  # what is left when the last waiver was taken out
        return None
    source = decode(data, shown)
    if isinstance(source, Problem):
        raise PolicyError([source])
    return source
