"""Which policy to use, in which language to speak, and when now is."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replylint.cli.usage import WrongUsage, near
from replylint.contract.terms import ENFORCEMENTS
from replylint.language.files import CONTRACT, RULES
from replylint.source.failures import reason_of
from replylint.source.messages import Lang
from replylint.source.problems import Said, Saying
from replylint.source.resources import starter_policy

_SETTINGS = ("policy", "fail-level", "lang", "components", "drafts", "enforcement")
_LISTS = ("components", "drafts")
SETTINGS_FILES = ("replylint.toml", "pyproject.toml")
_YEARS = range(1900, 3000)  # beyond them no clock can be reckoned with, and nobody works there
DRAFTS = ("drafts",)
"""Where drafts lie when the settings do not say it."""

FAIL_LEVELS = ("error", "warning", "advice")


@dataclass(frozen=True)
class PolicyFolder:
    """A policy's folder, and its name as shown to people; `starter` when it is the one that ships with the tool.

    rule_file: the file of the folder that was named instead of it, as the places of its rules show it; None where the
    folder itself was named or found, or the file holds no rules.
    """

    path: Path
    shown: str
    starter: bool = False
    rule_file: str | None = None


def language(chosen: str | None, settings: Mapping[str, Any]) -> Lang:
    """The reader's language: as chosen, else as set, else by the locale."""
    wanted = chosen or str(settings.get("lang", ""))
    if wanted in ("en", "zh"):
        return "zh" if wanted == "zh" else "en"
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def language_here(chosen: str | None) -> Lang:
    """The reader's language, for what needs no settings besides: those that have mistakes set none."""
    try:
        settings = settings_for(Path.cwd())[0]
    except WrongUsage:
        settings = {}
    return language(chosen, settings)


def settings_for(start: Path, top: Path | None = None) -> tuple[Mapping[str, Any], Path | None]:
    """The settings that apply in a folder and the file they stand in; empty when there are none.

    `replylint.toml`, or `[tool.replylint]` in `pyproject.toml`, in the folder or the nearest one above it, up to `top`.
    """
    for folder in _upward(start, top):
        for name, table in zip(SETTINGS_FILES, ((), ("tool", "replylint")), strict=True):
            found = _table(folder / name, table)
            if found is not None:
                _check(found, folder / name)
                return found, folder / name
    return {}, None


def drafts_in(settings: Mapping[str, Any], start: Path) -> tuple[str, ...]:
    """The folders with drafts that are there, as seen from here; start: the folder that their names start from."""
    named: Iterable[str] = settings.get("drafts", DRAFTS)
    return tuple(Path(os.path.relpath(start / name)).as_posix() for name in named if (start / name).exists())


def _table(path: Path, keys: Iterable[str]) -> Mapping[str, Any] | None:
    if not path.is_file():
        return None
    import tomllib  # loaded late: most folders that are looked in have no such file

    try:
        data = path.read_bytes()
        table: Any = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise WrongUsage("usage.settings-unreadable", {"path": short_path(path), "why": reason_of(error)}) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _not_toml(data, path, str(error)) from error
    for key in keys:
        table = table.get(key)
        if table is None:
            return None
    return table if isinstance(table, Mapping) else None


def _not_toml(data: bytes, path: Path, said: str) -> WrongUsage:
    from replylint.cli.settings_slips import mistake

    found = mistake(data, short_path(path), said)
    if found.where is not None:
        return WrongUsage(found.key, found.values, where=found.where)
    return WrongUsage("usage.settings-unreadable", {"path": short_path(path), "why": Said(found.key, found.values)})


def _check(settings: Mapping[str, Any], path: Path) -> None:
    for key, value in settings.items():
        if key not in _SETTINGS:
            known = Said("usage.any-of", {"known": _SETTINGS})
            raise _wrong("no-setting", path, key, more=near(key, _SETTINGS) or known)
        if key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
                raise _wrong("setting-names", path, key)
        elif key == "enforcement":
            _check_enforcement(value, path)
        elif not isinstance(value, str):
            raise _wrong("setting-text", path, key)
    if settings.get("fail-level", "error") not in FAIL_LEVELS:
        raise _wrong("setting-choice", path, "fail-level", known=FAIL_LEVELS)


def _check_enforcement(table: Any, path: Path) -> None:
    for level in table.values() if isinstance(table, Mapping) else (None,):
        if level not in ENFORCEMENTS:
            raise _wrong("setting-choice", path, "enforcement", known=ENFORCEMENTS)


def check_rules(named: Iterable[str], known: Iterable[str], path: Path) -> None:
    """Raises WrongUsage where the settings in a file name a rule that is not known."""
    rules = tuple(known)
    for name in named:
        if name not in rules:
            raise _wrong("setting-rule", path, "enforcement", rule=name, near=near(name, rules))


def _wrong(key: str, path: Path, name: str, **values: Saying) -> WrongUsage:
    """What is wrong with a setting, at its place."""
    from replylint.cli.settings_slips import place_of
    from replylint.source.spans import Source

    source = Source(short_path(path), path.read_text(encoding="utf-8-sig"))
    section = None if path.name == SETTINGS_FILES[0] else "tool.replylint"
    return WrongUsage(f"usage.{key}", {"path": source.path, "name": name, **values},
                      where=place_of(source, name, section))  # fmt: skip


def find_policy(
    chosen: str | None, drafts: Iterable[str], settings: Mapping[str, Any], file: Path | None, top: Path | None = None
) -> PolicyFolder:
    """The policy to use: as chosen, else as set, else a `policy/` above the drafts, else the starter policy.

    top: the folder above which nothing is looked for.
    """
    if chosen is not None:
        return _given(Path(chosen), chosen)
    if "policy" in settings and file is not None:
        folder = file.parent / settings["policy"]
        return _given(folder, short_path(folder))
    for folder in _above(drafts, top):
        if (folder / "policy" / CONTRACT).is_file() or (folder / "policy" / RULES).is_dir():
            return PolicyFolder(folder / "policy", short_path(folder / "policy"))
    return PolicyFolder(starter_policy(), "starter policy", starter=True)


def _given(path: Path, shown: str) -> PolicyFolder:
    if path.is_file():
        return _holding(path, shown)
    if not path.is_dir():
        raise WrongUsage("usage.no-policy-folder", {"name": shown})
    return PolicyFolder(path, shown)


def _holding(file: Path, shown: str) -> PolicyFolder:
    """The policy folder that a file lies in: a rule is judged by the contract and with the lexicon beside it."""
    for folder in file.absolute().parents:
        if (folder / CONTRACT).is_file():
            name = short_path(folder)
            rules = f"{name}/{file.absolute().relative_to(folder).as_posix()}" if file.suffix == ".rules" else None
            return PolicyFolder(folder, name, rule_file=rules)
    raise WrongUsage("usage.policy-is-file", {"name": shown})


def short_path(path: Path) -> str:
    """A path as seen from here, unless that is the longer way to write it."""
    return min(Path(os.path.relpath(path)).as_posix(), path.as_posix(), key=len)


def _upward(start: Path, top: Path | None) -> tuple[Path, ...]:
    """A folder and those above it, nearest first."""
    return tuple(f for f in (start, *start.parents) if top is None or f.is_relative_to(top))


def _above(drafts: Iterable[str], top: Path | None) -> Iterator[Path]:
    """The folders of the drafts and those above them, nearest first, each once."""
    seen: set[Path] = set()
    for draft in drafts:
        for folder in _upward(Path(draft).absolute(), top):
            if folder not in seen:
                seen.add(folder)
                yield folder


def moment(text: str | None, option: str = "--now") -> dt.datetime | None:
    """The time given with an option; a time without a zone is meant in the brand's."""
    if text is None:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage("usage.no-moment", {"text": text, "option": option}) from error
    if found.year not in _YEARS:
        raise WrongUsage("usage.no-moment", {"text": text, "option": option})
    return found
