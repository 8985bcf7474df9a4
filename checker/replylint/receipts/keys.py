"""Ed25519 keys: made, read, used. The only module that imports cryptography.

Keys are PEM files: PKCS #8 for the private key, SubjectPublicKeyInfo for the public one, as `openssl genpkey -algorithm
ed25519` and every other tool write them. A key's id is the SHA-256 of its public half in DER.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)  # fmt: skip

from replylint.source.problems import Problem


@dataclass(frozen=True)
class PublicKey:
    """What verifies: the key and its id."""

    key: Ed25519PublicKey
    id: str

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature over the message was made with this key's private half."""
        try:
            self.key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    @property
    def pem(self) -> bytes:
        """The key as a file."""
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True)
class PrivateKey:
    """What signs."""

    key: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        """The signature over a message; the same message is always signed alike."""
        return self.key.sign(message)

    @property
    def public(self) -> PublicKey:
        """The half that may be shown to everybody."""
        return _public(self.key.public_key())

    @property
    def pem(self) -> bytes:
        """The key as a file, which is as secret as the key."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def new_key() -> PrivateKey:
    """A key that nobody has yet."""
    return PrivateKey(Ed25519PrivateKey.generate())


def private_key(pem: bytes, name: str) -> PrivateKey | Problem:
    """The private key in a file's bytes, or why they hold none; `name` is shown to people."""
    if b"PUBLIC KEY" in pem:
        return Problem("receipts.public-not-private", values={"name": name})
    if b"ENCRYPTED" in pem:
        return Problem("receipts.key-locked", values={"name": name})
    key = _loaded(lambda: load_pem_private_key(pem, None))
    return PrivateKey(key) if isinstance(key, Ed25519PrivateKey) else _no_key(key, name)


def public_key(pem: bytes, name: str) -> PublicKey | Problem:
    """The public key in a file's bytes, or why they hold none; `name` is shown to people."""
    if b"PRIVATE KEY" in pem:
        return Problem("receipts.private-not-public", values={"name": name})
    key = _loaded(lambda: load_pem_public_key(pem))
    return _public(key) if isinstance(key, Ed25519PublicKey) else _no_key(key, name)


def _loaded(load: Callable[[], Any]) -> Any:
    try:
        return load()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None


def _no_key(found: Any, name: str) -> Problem:
    return Problem("receipts.other-key" if found is not None else "receipts.no-key", values={"name": name})


def _public(key: Ed25519PublicKey) -> PublicKey:
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return PublicKey(key, f"sha256:{hashlib.sha256(der).hexdigest()}")
