"""The signed form of a receipt: a DSSE envelope (https://github.com/secure-systems-lab/dsse, version 1.0.2).

Envelopes are written in one spelling, with one signature, and only that spelling is accepted: whatever somebody changes
in the file, be it a space, it is refused.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from replylint.receipts.receipt import MalformedError, Receipt, from_bytes, strict_json, to_bytes

if TYPE_CHECKING:
    from replylint.receipts.keys import PrivateKey, PublicKey

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MOST_BYTES = 1_000_000
"""Larger files are no receipts and are not looked into."""


def sealed(receipt: Receipt, key: PrivateKey | None) -> bytes:
    """A receipt as a file: an envelope, or without a key the bare statement."""
    payload = to_bytes(receipt)
    if key is None:
        return payload + b"\n"
    return _envelope(payload, key.public.id, key.sign(_message(PAYLOAD_TYPE, payload)))


def opened(data: bytes, keys: Iterable[PublicKey]) -> Receipt:
    """The receipt in an envelope that one of the keys signed. Raises MalformedError for anything else."""
    envelope = _json(data)
    if "_type" in envelope:
        raise MalformedError("receipts.unsigned")
    if envelope.get("payloadType") != PAYLOAD_TYPE:
        found = envelope.get("payloadType")
        raise MalformedError("receipts.other-payload", found=found[:80] if isinstance(found, str) else "")
    signatures = envelope.get("signatures")
    if not isinstance(signatures, list) or len(signatures) != 1:
        raise MalformedError("receipts.one-signature")
    payload, key_id, signature = _parts(envelope)
    if _envelope(payload, key_id, signature) != data:
        raise MalformedError("receipts.not-as-written")
    signer = next((key for key in keys if key.id == key_id), None)
    if signer is None:
        raise MalformedError("receipts.foreign-key", found=key_id[:80])
    if not signer.signed(signature, _message(PAYLOAD_TYPE, payload)):
        raise MalformedError("receipts.bad-signature")
    return from_bytes(payload)


def opened_unsigned(data: bytes) -> Receipt:
    """The receipt in a file that nobody signed. Raises MalformedError for anything else, envelopes included."""
    if "payloadType" in _json(data):
        raise MalformedError("receipts.is-signed")
    if not data.endswith(b"\n"):
        raise MalformedError("receipts.not-as-written")
    return from_bytes(data[:-1])


def _json(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise MalformedError("receipts.too-large")
    found = strict_json(data)
    if not isinstance(found, dict):
        raise MalformedError("receipts.no-json")
    return found


def _envelope(payload: bytes, key_id: str, signature: bytes) -> bytes:
    parts = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": key_id, "sig": base64.b64encode(signature).decode()}],
    }
    return json.dumps(parts, indent=1).encode() + b"\n"


def _parts(envelope: dict[str, Any]) -> tuple[bytes, str, bytes]:
    """Payload, key id and signature of an envelope with one signature."""
    try:
        signature = envelope["signatures"][0]
        payload, key_id, sig = envelope["payload"], signature["keyid"], signature["sig"]
        if not isinstance(key_id, str):
            raise TypeError
        return base64.b64decode(payload, validate=True), key_id, base64.b64decode(sig, validate=True)
    except (LookupError, TypeError, ValueError) as error:
        raise MalformedError("receipts.not-as-written") from error


def _message(payload_type: str, payload: bytes) -> bytes:
    """What is signed: DSSE's pre-authentication encoding."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
