"""Commands of a page, run one after another in a folder of their own, as a reader would type them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_RUN = '#!/bin/sh\nexec "{python}" -c "from replylint.cli.main import main; main()" "$@"\n'
# Keys are new each time, and the policy's digests change with every wording; the docs need not.
_DIGEST = re.compile(r"(?<=sha256:)[0-9a-f]{64}|(?<=[(（])[0-9a-f]{12}(?=[)）])")


@dataclass(frozen=True)
class _Ran:
    """The folder in which commands ran, and what the last of them printed."""

    folder: tempfile.TemporaryDirectory[str]
    shown: str


def session(commands: tuple[str, ...], before: tuple[str, ...], page: str) -> str:
    """What commands print in a folder with `drafts/`, `night/`, `policy/` and `post.sh`, after those `before`.

    page: whose commands these are; every page has a fresh folder, that no other page has touched.
    """
    return "\n".join(_ran(page, before + commands[: number + 1]).shown for number in range(len(commands)))


@cache
def _ran(page: str, commands: tuple[str, ...]) -> _Ran:
    if not commands:
        return _Ran(_begun(), "")
    folder = _ran(page, commands[:-1]).folder
    environment = {
        **os.environ, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "PATH": f"{folder.name}/.bin:{os.environ['PATH']}",
    }  # fmt: skip
    ended = subprocess.run(
        ["bash", "-c", commands[-1]], cwd=folder.name, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    code = f"exit code: {ended.returncode}\n" if ended.returncode else ""
    return _Ran(folder, _DIGEST.sub("…", f"$ {commands[-1]}\n{ended.stdout}{code}"))


def _begun() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="replylint-docs-")
    place = Path(folder.name)
    (place / ".bin").mkdir()
    program = place / ".bin" / "replylint"
    program.write_text(_RUN.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    shutil.copytree(ROOT / "policy", place / "policy", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "corpora/demo", place / "drafts")
    shutil.copytree(ROOT / "corpora/night-shift", place / "night")
    shutil.copy(ROOT / "docs/post.sh", place / "post.sh")
    return folder
