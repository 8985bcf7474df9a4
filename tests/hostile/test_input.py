"""Whatever is put before the checker, it ends in time, says what is wrong, and clears nothing it could not read."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import RULE, WORDS
from tests.starter import starter_contract

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "input.yml").read_text(encoding="utf-8"))
SECONDS = 20
FRONT = "---\nplatform: x\n---\n"
BYTES = 1_500_000_000


def content(written: Any) -> bytes:
    if isinstance(written, str):
        return written.encode("utf-8", "surrogatepass")
    if "hex" in written:
        return bytes.fromhex(written["hex"])
    text, times = written["times"]
    return (written.get("start", "") + text * times + written.get("end", "")).encode("utf-8", "surrogatepass")


def put(path: Path, written: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(written, dict) and "bytes" in written:
        with path.open("wb") as file:
            file.write(b"x")
            file.truncate(written["bytes"])
    else:
        path.write_bytes(content(written))


def drafted(written: Any) -> Any:
    """A reply as a draft: with front matter above it."""
    if isinstance(written, str):
        return written if written.startswith("---") else FRONT + written
    return {**written, "start": FRONT + written.get("start", "")} if "times" in written else written


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set otherwise there")
@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_input_that_means_harm(case: dict[str, Any], tmp_path: Path, kept_lexicons: Path) -> None:
    put(tmp_path / "policy/contract.yml", starter_contract())
    put(tmp_path / "policy/rules/no-refunds.rules", RULE)
    put(tmp_path / "policy/lexicon/words.rules", WORDS)
    (tmp_path / "drafts").mkdir()
    for name, written in case.get("files", {}).items():
        put(tmp_path / name, drafted(written) if name.endswith(".md") else written)
    for name, target in case.get("links", {}).items():
        (tmp_path / name).symlink_to(target)
    words = case.get("words", ["check", "drafts"])
    ended = subprocess.run(
        [sys.executable, "-m", "replylint", *words], cwd=tmp_path, capture_output=True, check=False, preexec_fn=bounded,
        env={"PATH": "", "LC_ALL": "C.UTF-8", "REPLYLINT_CACHE": str(kept_lexicons), "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    said = (ended.stdout + ended.stderr).decode("utf-8")
    assert "Traceback" not in said
    assert ended.returncode == case["code"], said[-2000:]
    assert case.get("told", "") in said
    assert [words for words in case.get("never", []) if words in said] == []
    assert not (tmp_path / "owned").exists()
