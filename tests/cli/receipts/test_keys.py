"""Keys from `keygen`, from other tools, from the environment, and what is no key."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)  # fmt: skip

from replylint.receipts.keys import new_key
from tests.cli.conftest import Run
from tests.cli.receipts.conftest import Desk


def test_a_pair_of_keys(run: Run, tmp_path: Path) -> None:
    ran = run("keygen", "keys/a.key")
    assert ran.code == 0
    assert (tmp_path / "keys" / "a.key").stat().st_mode & 0o777 == 0o600
    assert "BEGIN PRIVATE KEY" in (tmp_path / "keys" / "a.key").read_text()
    assert "BEGIN PUBLIC KEY" in (tmp_path / "keys" / "a.key.pub").read_text()
    assert "key id: sha256:" in ran.out


@pytest.mark.parametrize("there", ["a.key", "a.key.pub"])
def test_keys_are_never_overwritten(run: Run, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")
    ran = run("keygen", "a.key")
    assert (ran.code, ran.err) == (2, f"error: `{there}` is already there (see `replylint keygen --help`)\n")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [there]
    assert (tmp_path / there).read_text() == "mine"


def test_keys_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = run("keygen", "file/a.key")
    assert (ran.code, ran.err) == (3, "error: `file/a.key` cannot be written: a part of its path is no folder\n")


def test_keys_of_openssl(desk: Desk) -> None:
    try:
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "o.key"], check=True)
        subprocess.run(["openssl", "pkey", "-in", "o.key", "-pubout", "-out", "o.pub"], check=True)
    except FileNotFoundError:
        pytest.skip("there is no openssl here")
    assert desk.check(key="o.key").code == 0
    assert desk.verify(key="o.pub").code == 0
    assert desk.verify().code == 1


def test_keys_from_the_environment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLYLINT_KEY", Path("b.key").read_text())
    monkeypatch.setenv("REPLYLINT_PUBLIC_KEY", Path("b.key.pub").read_text())
    assert desk.run("check", "drafts", "--receipts", "env", "--now", "2026-11-20T10:00+08:00").code == 0
    words = ("--receipts", "env", "--case", "drafts/0042.md", "--now", "2026-11-20T10:00+08:00")
    assert desk.run("verify", *words).code == 0
    assert desk.run("verify", *words, "--key", "a.key.pub").code == 1


def test_several_keys_while_one_replaces_another(desk: Desk) -> None:
    assert desk.verify("--key", "b.key.pub").code == 0
    assert desk.verify("--key", "a.key.pub", key="b.key.pub").code == 0


def _other_kinds() -> dict[str, bytes]:
    curve = generate_private_key(SECP256R1())
    locked = BestAvailableEncryption(b"secret")
    own = new_key()
    return {
        "nothing": b"",
        "binary": bytes(range(256)),
        "cut": own.pem[:70],
        "elliptic": curve.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "elliptic.pub": curve.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "locked": own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked),
        "right": own.pem,
        "right.pub": own.public.pem,
    }


@pytest.mark.parametrize(
    ("signing", "name", "says"),
    [
        (True, "nothing", "there is no key in `k` that can be read"),
        (True, "binary", "there is no key in `k` that can be read"),
        (True, "cut", "there is no key in `k` that can be read"),
        (True, "elliptic", "the key in `k` is of another kind"),
        (True, "locked", "is locked with a passphrase"),
        (True, "right.pub", "`k` holds a public key"),
        (False, "nothing", "there is no key in `k` that can be read"),
        (False, "elliptic.pub", "the key in `k` is of another kind"),
        (False, "right", "`k` holds a private key"),
    ],
)
def test_what_is_no_key(desk: Desk, signing: bool, name: str, says: str) -> None:
    Path("k").write_bytes(_other_kinds()[name])
    ran = desk.check(key="k") if signing else desk.verify(key="k")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "PRIVATE" not in ran.err


def test_receipts_that_nobody_signed(desk: Desk) -> None:
    words = ("--receipts", "receipts", "--unsigned", "--now", "2026-11-20T10:00+08:00")
    assert desk.run("check", "drafts", *words).code == 0
    ran = desk.verify()
    assert (ran.code, "nobody has signed the receipt" in ran.out) == (1, True)
    ran = desk.verify("--unsigned")
    assert (ran.code, "not compared: the signature" in ran.out) == (0, True)


@pytest.mark.skipif(os.name == "nt", reason="files have no mode here")
def test_a_private_key_that_others_can_read_is_told(desk: Desk) -> None:
    assert "others on this machine can read" not in desk.check().err
    (desk.folder / "a.key").chmod(0o644)
    ran = desk.check()
    assert (ran.code, "others on this machine can read the private key `a.key`" in ran.err) == (0, True)
