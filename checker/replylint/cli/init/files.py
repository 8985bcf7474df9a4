"""The files that `init` makes, each unless it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from replylint import __version__
from replylint.cli import printing
from replylint.language.files import CONTRACT, RULES
from replylint.source.messages import Lang, say
from replylint.source.resources import starter_policy
from replylint.source.writing import create_file

MARKER = "REPLACE-WITH-OWNER"
"""What stands where only the reader knows what belongs there: no name that anybody could have."""

_NO_ACTION = re.compile(MARKER + r"/replylint@0{40}.*")


def make_files(folder: Path, contract: str, github: Mapping[str, str], lang: Lang) -> int:
    """Write all files, each unless it is there, and say which; returns how many were written.

    github: the answers about GitHub, which may be missing.
    """
    made = _rules_made(folder, lang)
    for path, text in _files(contract, github, lang):
        made += _made(folder / path, text, lang)
    return made


def _rules_made(folder: Path, lang: Lang) -> int:
    """Write the starter rules, each unless it is there; says how many, as a line for each would hide the rest."""
    rules = sorted((starter_policy() / RULES).glob("*.rules"))
    target = folder / "policy" / RULES
    made = sum(_created(target / rule.name, rule.read_text(encoding="utf-8")) for rule in rules)
    for key, number in (("cli.init-wrote-rules", made), ("cli.init-kept-rules", len(rules) - made)):
        if number:
            printing.line(say(key, lang, {"path": target.as_posix(), "number": str(number)}))
    return made


def _files(contract: str, github: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """All other files: their paths and texts."""
    yield f"policy/{CONTRACT}", contract
    owners = " ".join(re.split(r"[\s,]+", github.get("owners", f"@{MARKER}").strip()))
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


def unfinished(folder: Path) -> Iterator[str]:
    """The files in which something still has to be replaced."""
    for path in (".github/CODEOWNERS", ".github/workflows/replies.yml"):
        try:
            text = (folder / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # somebody's own, and none of ours
        if MARKER in text:
            yield path
