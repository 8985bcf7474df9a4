"""What the action installs: everything that the package needs, each in one version and with its digests."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9.-]+)==(?P<version>[^ ;]+)(?: ; .+?)?(?P<hashes>(?: \\\n    --hash=\S+)+)$", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}$")


def lock() -> str:
    return (ROOT / "action/requirements.txt").read_text(encoding="utf-8")


def pins() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pin in _PIN.finditer(lock()):
        found.setdefault(canonicalize_name(pin["name"]), []).append(pin["version"])
    return found


def project() -> dict[str, list[str]]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {"needs": table["project"]["dependencies"], "builds": table["build-system"]["requires"]}


def test_every_line_is_a_pin_with_digests() -> None:
    rest = _PIN.sub("", lock())
    assert not [line for line in rest.splitlines() if line and not line.startswith("#")]
    for pin in _PIN.finditer(lock()):
        assert all(_HASH.search(line) for line in pin["hashes"].split(" \\\n")[1:]), pin["name"]
    assert "://" not in lock()


def test_it_holds_what_pyproject_asks_for() -> None:
    """When this fails: `make lock`."""
    for line in [*project()["needs"], *project()["builds"]]:
        asked = Requirement(line)
        versions = pins().get(canonicalize_name(asked.name), [])
        assert versions, f"{asked.name} is not pinned"
        assert all(asked.specifier.contains(version, prereleases=True) for version in versions), line


def test_it_holds_what_those_ask_for() -> None:
    """pip installs nothing that is not in the list (`--no-deps`), so a gap would show only when it runs."""
    waiting, seen = [Requirement(line) for line in project()["needs"]], set()
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        if name in seen or (asked.marker and not asked.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        assert name in pins(), f"{name} is not pinned"
        try:
            waiting += [Requirement(line) for line in distribution(name).requires or ()]
        except PackageNotFoundError as error:
            raise AssertionError(f"{name} is not installed here") from error
    assert len(seen) > 20
