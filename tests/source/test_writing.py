"""Files written whole or not at all, and digests of exact bytes."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.source.digests import canonical, plain_digest, text_digest
from replylint.source.failures import BusyError, ChangedError
from replylint.source.locks import alone
from replylint.source.messages import describe
from replylint.source.writing import LEFT_OVER, create_file, not_written, rewrite, write_file

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_a_file_is_made_with_its_folders_and_replaced_later(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.txt"
    write_file(path, "一")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]


def test_permissions_stay_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "new", "x")
        (tmp_path / "old").touch(mode=0o600)
        write_file(tmp_path / "old", "x")
        create_file(tmp_path / "key", "x", private=True)
    finally:
        os.umask(before)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("new", "old", "key")]
    assert modes == [0o640, 0o600, 0o600]


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("theirs")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    write_file(tmp_path / "link", "ours")
    assert (tmp_path / "elsewhere").read_text() == "theirs"
    assert not (tmp_path / "link").is_symlink()


def test_what_is_there_is_never_overwritten_by_create(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("theirs")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("there", "dangling"):
        with pytest.raises(FileExistsError):
            create_file(tmp_path / name, "ours")
    assert (tmp_path / "there").read_text() == "theirs"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for write in (write_file, create_file):
        with pytest.raises(NotADirectoryError) as raised:
            write(tmp_path / "file" / "x", "x")
        told = describe(not_written(tmp_path / "file" / "x", raised.value), "en")[0]
        assert told.endswith("cannot be written: a part of its path is no folder")


@pytest.mark.parametrize("write", [write_file, create_file])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, write: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert callable(write)
    with pytest.raises(OSError, match="full"):
        write(tmp_path / "file", "x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_may_not_grow_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("before")
    program = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from pathlib import Path; from replylint.source.writing import write_file\n"
        "try:\n write_file(Path('file'), 'x' * 5000)\nexcept OSError as error:\n print(error.filename)"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ended.stdout == "file\n"
    assert (tmp_path / "file").read_text() == "before"
    assert not list(tmp_path.glob(f"{LEFT_OVER}*"))


def test_what_somebody_changed_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedError) as raised:
        rewrite(path, b"what was read", b"ours")
    told = describe(not_written(path, raised.value), "en")[0]
    assert told.endswith("it was changed meanwhile and stays as it is now")
    assert path.read_bytes() == b"theirs"
    path.unlink()
    write_file(path, b"new", over=b"")
    rewrite(path, b"new", b"newer")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("file", b"newer")]


def test_what_is_rewritten_stays_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"before")
    (tmp_path / "link").symlink_to("there")
    rewrite(tmp_path / "link", b"before", b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_bytes() == b"after"


def test_a_device_or_a_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    mkfifo = getattr(os, "mkfifo", None) or pytest.skip("no pipes have names here")
    pipe = tmp_path / "pipe"
    mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    write_file(pipe, "report")
    assert reader.communicate() == (b"report", None)
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="the output has no name here")
def test_the_output_has_a_name_that_leads_to_it(tmp_path: Path) -> None:
    """To a file, too, which then must not be replaced: its other names would lead to the old one."""
    program = "from pathlib import Path; from replylint.source.writing import write_file as w; w(Path(NAME), 'said')"
    for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        before = os.lstat(name) if not name.startswith("/proc") else None
        with (tmp_path / "out").open("wb") as out:
            subprocess.run([sys.executable, "-c", program.replace("NAME", repr(name))], stdout=out, check=True)
        assert (tmp_path / "out").read_bytes() == b"said"
        assert before is None or os.lstat(name).st_ino == before.st_ino


def test_a_file_that_somebody_is_reading_is_replaced_a_little_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a file that is open cannot be replaced."""
    replace, tries = Path.replace, [0]

    def held(path: Path, target: Path) -> Path:
        tries[0] += 1
        if tries[0] < 4:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("replylint.source.writing._PATIENCE", 5.0)
    write_file(tmp_path / "file", "x")
    assert (tmp_path / "file").read_text() == "x"


def test_a_new_file_where_files_have_one_name_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_name(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", one_name)
    create_file(tmp_path / "key", "x", private=True)
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "key", "y")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("key", "x")]


def test_runs_that_add_to_one_file_wait_for_one_another(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    program = (
        "import sys; from pathlib import Path; from replylint.source.locks import alone\n"
        "from replylint.source.writing import rewrite; path = Path('file')\n"
        "for n in range(40):\n with alone(path.parent):\n  before = path.read_bytes()\n"
        "  rewrite(path, before, before + sys.argv[1].encode())"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(who)], cwd=tmp_path) for who in range(4)]
    assert [each.wait() for each in running] == [0, 0, 0, 0]
    assert Counter((tmp_path / "file").read_text()) == dict.fromkeys("0123", 40)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_lock_that_is_never_given_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replylint.source.locks._PATIENCE", 0.05)
    with alone(tmp_path), pytest.raises(BusyError) as raised, alone(tmp_path):
        pass
    assert describe(not_written(tmp_path, raised.value), "en")[0].endswith("kept it locked for too long")
    with alone(tmp_path), alone(tmp_path / "other"):
        assert not (tmp_path / "other").exists()


@given(st.text(), st.text())
def test_only_equal_texts_have_equal_digests(one: str, other: str) -> None:
    assert (text_digest(one) == text_digest(other)) == (one == other)


def test_the_digest_is_of_the_exact_bytes() -> None:
    assert text_digest("退款") == "sha256:f1c91e1d205cdacdf13492c2abfdc37b648bc8e5cd900a8bcdb8f8a6e6eef894"
    assert len({text_digest(t) for t in ("é", "e\u0301", "é ", "é\n", "\ufeffé", "é\r\n", "\ud800")}) == 7


@given(PLAIN)
def test_plain_values_have_one_spelling(plain: object) -> None:
    again = json.loads(canonical(plain).decode("utf-8", "surrogatepass"))
    assert plain_digest(again) == plain_digest(plain)


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: 2}, b"x", {"a": [object()]}])
def test_what_has_several_spellings_has_no_digest(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)
