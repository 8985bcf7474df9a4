"""The audit log: what it says, that every change of it shows, and that runs at once and killed runs do it no harm."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.receipts.chain import examine
from replylint.receipts.log import HEADER, add
from tests.cli.conftest import Run
from tests.cli.receipts.conftest import LATER, NOW, TEXT, Desk

RULES_NOW = ("--now", NOW)


def entries(path: Path) -> list[dict[str, object]]:
    return [json.loads(line)["entry"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_one_line_for_every_verdict(run: Run, drafts: Path) -> None:
    (drafts / "broken.md").write_text("no front matter", encoding="utf-8")
    ran = run("check", "drafts", "--audit", "audit.log", *RULES_NOW)
    assert ran.code == 3
    found = entries(Path("audit.log"))[1:]
    assert [entry["verdict"] for entry in found] == ["blocked", "could-not-check", "cleared", "needs-person"]
    assert found[0]["findings"] == [{"rule": "no-refunds", "severity": "error", "span": [75, 77]}]
    assert found[1]["problems"] == ["case.front-matter-missing"]
    assert found[3]["undecided"] == [
        {"rule": "no-refunds", "severity": "error", "span": [76, 78], "missing": ["evaluate.attribute-not-stated"]}
    ]
    assert len({str(entry["decision"]) for entry in found}) == 4
    assert {entry["at"] for entry in found} == {"2026-11-20T10:00:00+08:00"}
    assert f"last line {run('audit', 'verify', 'audit.log').out.split()[-1]}" in ran.err


def test_nothing_that_a_customer_or_agent_wrote_is_in_it(run: Run, drafts: Path) -> None:
    run("check", "drafts", "--audit", "audit.log", *RULES_NOW)
    text = Path("audit.log").read_text(encoding="utf-8")
    for words in ("等了一小時", "退款", "改善"):
        assert words not in text
    run("check", "drafts", "--audit", "words.log", "--audit-words", *RULES_NOW)
    found = entries(Path("words.log"))[1]["findings"]
    assert isinstance(found, list)
    assert found[0]["words"] == "退款"
    assert found[0]["message"] == "more than 500 TWD"


def test_the_same_run_writes_the_same_log(run: Run, drafts: Path) -> None:
    for name in ("one.log", "two.log"):
        run("check", "drafts", "--audit", name, *RULES_NOW)
    assert Path("one.log").read_bytes() == Path("two.log").read_bytes()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of six lines."""
    path = tmp_path / "a.log"
    for number in range(5):
        add(path, {"number": number})
    return path


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda lines: lines[:2] + lines[3:], "before line 3, entry 2 is missing"),
        (lambda lines: lines[:1] + lines[4:], "before line 2, entries 1 to 3 are missing"),
        (lambda lines: lines[1:], "the beginning was changed or removed"),
        (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "moved, doubled or put in"),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "line 4 says that it is entry 2"),
        (lambda lines: [*lines[:2], lines[2].replace(b'"number":1', b'"number":7'), *lines[3:]], "entry 2 was changed"),
        (lambda lines: [*lines[:2], lines[2].replace(b'"n":2', b'"n":3'), *lines[3:]], "entry 2 is missing"),
        (lambda lines: [*lines[:3], b"\n", *lines[3:]], "line 4 is no line of the log"),
        (lambda lines: [*lines[:3], b"nonsense\n", *lines[3:]], "line 4 is no line of the log"),
        (lambda lines: [*lines[:3], b"[" * 100_000 + b"\n", *lines[3:]], "line 4 is no line of the log"),
        (lambda lines: [*lines[:3], lines[3].replace(b":", b": "), *lines[4:]], "line 4 is no line of the log"),
        (lambda lines: [*lines[:5], lines[5][:20]], "line 6, the last, is cut off"),
        (lambda lines: [*lines[:5], lines[5][:-1]], "line 6, the last, is cut off"),
    ],
)
def test_every_change_shows(run: Run, log: Path, change: object, says: str) -> None:
    assert run("audit", "verify", "a.log").code == 0
    assert callable(change)
    log.write_bytes(b"".join(change(log.read_bytes().splitlines(keepends=True))))
    ran = run("audit", "verify", "a.log")
    assert ran.code == 1
    assert says in ran.out
    assert run("audit", "verify", "a.log", "--lang", "zh").code == 1


def test_every_bit_but_those_of_the_last_line_counts(log: Path) -> None:
    """The last line has nothing after it that would know it; its digest, kept elsewhere, does."""
    data = bytearray(log.read_bytes())
    last = data.rindex(b"\n", 0, -1)
    head = examine(io.BytesIO(data)).last
    assert head is not None
    for place in range(len(data)):
        data[place] ^= 1 << (place % 8)
        assert examine(io.BytesIO(data), head.digest).problems
        assert place >= last or examine(io.BytesIO(data)).problems
        data[place] ^= 1 << (place % 8)


def test_lines_cut_off_at_the_end_show_by_the_digest_that_was_kept(run: Run, log: Path) -> None:
    head = run("audit", "verify", "a.log").out.split()[-1]
    lines = log.read_bytes().splitlines(keepends=True)
    add(log, {"number": 6})
    assert run("audit", "verify", "a.log", "--head", head).code == 0
    log.write_bytes(b"".join(lines[:-1]))
    assert run("audit", "verify", "a.log").code == 0
    ran = run("audit", "verify", "a.log", "--head", head)
    assert (ran.code, f"no line has the digest {head}" in ran.out) == (1, True)


@given(st.integers(0, 2**32))
def test_a_log_cut_anywhere_is_continued_and_says_so(tmp_path_factory: pytest.TempPathFactory, where: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.log"
    for number in range(3):
        add(path, {"number": number})
    data = path.read_bytes()
    cut = where % (len(data) + 1)
    path.write_bytes(data[:cut])
    before = path.read_bytes()
    added = add(path, {"number": 9})
    with path.open("rb") as stream:
        found = examine(stream)
    assert path.read_bytes().startswith(before)
    assert found.problems == []
    assert found.last is not None
    assert (found.last.entry, found.last.digest) == ({"number": 9}, added.head)
    assert bool(found.torn) == bool(added.torn)


def test_a_torn_line_is_told_by_the_next_run_and_by_audit_verify(run: Run, drafts: Path) -> None:
    run("check", "drafts", "--audit", "audit.log", *RULES_NOW)
    log = Path("audit.log")
    log.write_bytes(log.read_bytes()[:-40])
    assert run("audit", "verify", "audit.log").code == 1
    ran = run("check", "drafts", "--audit", "audit.log", *RULES_NOW)
    assert "the last line of audit.log had been cut off after" in ran.err
    ran = run("audit", "verify", "audit.log")
    assert (ran.code, "line 4 was cut off when it was written" in ran.out) == (0, True)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:3] + lines[4:]))
    ran = run("audit", "verify", "audit.log")
    assert (ran.code, "which is no longer there" in ran.out) == (1, True)


@pytest.mark.parametrize("content", [b"x", b"{}\n", b"\n", b"id,reply\n", HEADER + b"\nx\n", b"\xff\xfe", b"\0" * 100])
def test_what_is_no_log_is_left_alone_and_nothing_is_cleared(run: Run, drafts: Path, content: bytes) -> None:
    Path("notes").write_bytes(content)
    ran = run("check", "drafts/good.md", "--audit", "notes", *RULES_NOW)
    assert (ran.code, Path("notes").read_bytes()) == (3, content)
    assert "`notes` is no log that can be added to" in ran.out
    assert "0 cleared" in ran.out
    assert run("audit", "verify", "notes").code in (1, 3)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_audit_verify_cannot_read(run: Run, tmp_path: Path, lang: str) -> None:
    (tmp_path / "empty.log").touch()
    for path in ("empty.log", "nowhere.log", "."):
        ran = run("audit", "verify", path, "--lang", lang)
        assert (ran.code, ran.out) == (3, "")
        assert path in ran.err


def test_several_processes_at_once_make_one_chain(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from replylint.receipts.log import add\n"
        "for n in range(100): add(Path('a.log'), {'who': sys.argv[1], 'n': n})"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(who)], cwd=tmp_path) for who in range(4)]
    assert [each.wait() for each in running] == [0, 0, 0, 0]
    with (tmp_path / "a.log").open("rb") as stream:
        found = examine(stream)
    assert (found.lines, found.problems, found.torn) == (401, [], [])


def test_a_log_that_is_held_by_another_program(run: Run, drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr("replylint.source.locks._PATIENCE", 0.05)
    with Path("audit.log").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ran = run("check", "drafts/good.md", "--audit", "audit.log", *RULES_NOW)
    assert (ran.code, "`audit.log` cannot be written: another program has kept it locked" in ran.out) == (3, True)


KILLED = """
import sys
from replylint.cli.main import main
sys.argv = ["replylint", "check", "many", "--receipts", "receipts", "--key", "a.key", "--audit", "audit.log", "--now",
            "2026-11-20T10:00+08:00", "--jobs", "1"]
main()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing here kills without warning")
def test_killed_at_any_moment_nothing_half_written_is_believed(desk: Desk) -> None:
    """Runs killed at random moments, then what they left: log lines whole or told, receipts right or refused."""
    many = desk.folder / "many"
    many.mkdir()
    draft = (desk.folder / "drafts" / "0042.md").read_text(encoding="utf-8")
    for number in range(60):
        text = draft.replace("東區/0042", f"d{number}").replace("讓您", "讓" * (1 + number) + "您")
        (many / f"{number}.md").write_text(text, encoding="utf-8")
    chance = random.Random(20261120)
    for _ in range(12):
        running = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        written = len(list((desk.folder / "receipts").glob("d*")))
        until = time.monotonic() + 30
        log = desk.folder / "audit.log"
        size = _size(log)
        # Wait until it writes, and then a little: what comes before that is not of interest.
        while running.poll() is None and time.monotonic() < until and _size(log) == size:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.05)
        running.kill()
        running.wait()
        with log.open("rb") as stream:
            found = examine(stream)
        assert {problem.key for problem in found.problems} <= {"receipts.log-cut"}
        assert len(list((desk.folder / "receipts").glob("d*"))) >= written
    logged = {str(entry["draft"]["id"]) for entry in _whole(desk.folder / "audit.log") if "draft" in entry}
    for path in sorted((desk.folder / "receipts").glob("d*.receipt")):
        number = path.name.split("-")[0].removeprefix("d")
        ran = desk.verify("--case", f"many/{number}.md")
        assert ran.code == 0, ran.out
        assert f"d{number}" in logged
    assert desk.check("many", "--audit", "audit.log").code == 0
    assert desk.run("audit", "verify", "audit.log").code == 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _whole(path: Path) -> list[dict[str, dict[str, object]]]:
    found = []
    for line in path.read_bytes().split(b"\n"):
        try:
            found.append(json.loads(line)["entry"])
        except ValueError:
            continue
    return found


def test_two_runs_at_once(desk: Desk) -> None:
    command = [sys.executable, "-m", "replylint", "check", "drafts", "--receipts", "receipts", "--key", "a.key",
               "--audit", "audit.log", "--now", NOW, "--quiet"]  # fmt: skip
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [each.wait() for each in running] == [0, 0, 0]
    assert desk.verify(now=LATER).code == 0
    assert desk.run("audit", "verify", "audit.log").code == 0
    assert len(entries(desk.folder / "audit.log")) == 4


@pytest.mark.parametrize("what", ["receipts", "audit"])
def test_a_full_disk_clears_nothing(desk: Desk, what: str) -> None:
    """The largest file that may be written holds no line and no receipt."""
    words = {"receipts": ["--receipts", "new", "--key", "a.key"], "audit": ["--audit", "audit.log"]}[what]
    if what == "audit":
        assert desk.run("check", "drafts", "--audit", "audit.log", *RULES_NOW).code == 0
        words = ["--audit", "audit.log"]
    before = (desk.folder / "audit.log").read_bytes() if what == "audit" else b""
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) + 300}, {len(before) + 300}))\n"
        "from replylint.cli.main import main; sys.argv[0] = 'replylint'; main()"
    )
    command = [sys.executable, "-c", program, "check", "drafts", *words, *RULES_NOW]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 3, ran.stderr
    assert "cannot be written" in ran.stdout
    assert "0 cleared" in ran.stdout
    assert not list(desk.folder.glob("new/*"))
    if what == "audit":
        assert (desk.folder / "audit.log").read_bytes() == before


def test_where_nothing_can_be_written(desk: Desk) -> None:
    (desk.folder / "file").touch()
    ran = desk.check("--receipts", "file/receipts")
    assert (ran.code, "cannot be written: a part of its path is no folder" in ran.out) == (3, True)
    ran = desk.check("--audit", "file/audit.log")
    assert (ran.code, "cannot be written" in ran.out) == (3, True)
    assert desk.verify().code == 0


def unprivileged() -> list[str]:
    """What to put before a command so that permissions hold for it; a superuser has to let go of ignoring them."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("everything is permitted here")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_folder_and_a_log_that_may_not_be_written_to(desk: Desk, lang: str) -> None:
    desk.receipt.unlink()
    (desk.folder / "receipts").chmod(0o500)
    (desk.folder / "audit.log").touch()
    (desk.folder / "audit.log").chmod(0o400)
    command = [*unprivileged(), sys.executable, "-m", "replylint", "check", "drafts", "--lang", lang, *RULES_NOW]
    for words in (["--receipts", "receipts", "--key", "a.key"], ["--audit", "audit.log"]):
        ran = subprocess.run([*command, *words], capture_output=True, text=True, encoding="utf-8", check=False)
        assert ran.returncode == 3, ran.stdout + ran.stderr
        assert {"en": "permission denied", "zh": "沒有權限"}[lang] in ran.stdout


def test_the_text_that_is_printed_is_the_one_that_was_checked(desk: Desk) -> None:
    command = [sys.executable, "-m", "replylint", "verify", "--receipts", "receipts", "--key", "a.key.pub",
               "--now", LATER]  # fmt: skip
    ran = subprocess.run([*command, "--case", "drafts/0042.md", "--print"], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, TEXT.encode())
    again = subprocess.run([*command, "--text", "-"], input=ran.stdout, capture_output=True, check=False)
    assert again.returncode == 0
    assert "the planned actions (reply, voucher)" in again.stdout.decode()
    desk.edit("改善", "改進")
    ran = subprocess.run([*command, "--case", "drafts/0042.md", "--print"], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, b"")
