"""Whatever is changed between the check and the posting is refused, and the message says what."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replylint.receipts.envelope import PAYLOAD_TYPE, opened
from replylint.receipts.keys import PrivateKey, PublicKey, new_key, private_key, public_key
from replylint.receipts.receipt import MalformedError, from_bytes, to_bytes
from replylint.source.digests import canonical
from tests.cli.receipts.conftest import TEXT, Desk, statement_of

ROWS = yaml.safe_load((Path(__file__).parent / "tampering.yml").read_text(encoding="utf-8"))
Row = dict[str, Any]


def sealed(statement: Any, key: PrivateKey, key_id: str) -> bytes:
    """A statement signed by hand, as the standard says, in the spelling of the tool."""
    payload = canonical(statement)
    signature = key.sign(b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload), payload))
    signatures = [{"keyid": key_id, "sig": base64.b64encode(signature).decode()}]
    parts = {"payload": base64.b64encode(payload).decode(), "payloadType": PAYLOAD_TYPE, "signatures": signatures}
    return json.dumps(parts, indent=1).encode() + b"\n"


def key_of(desk: Desk, name: str) -> PrivateKey:
    key = private_key((desk.folder / name).read_bytes(), name)
    assert isinstance(key, PrivateKey)
    return key


def _statement(desk: Desk, row: Row, envelope: Any) -> bytes:
    statement = statement_of(desk.receipt)
    name, value = row["statement"]
    statement["predicate"][name] = value
    return _dumped(envelope | {"payload": base64.b64encode(canonical(statement)).decode()})


def _resign(desk: Desk, row: Row, envelope: Any) -> bytes:
    statement = statement_of(desk.receipt)
    if "set" in row:
        statement[row["set"][0]] = row["set"][1]
    key = key_of(desk, row["resign"])
    return sealed(statement, key, key_of(desk, row.get("keyid", row["resign"])).public.id)


def _dumped(envelope: Any) -> bytes:
    return json.dumps(envelope, indent=1).encode() + b"\n"


CHANGES: dict[str, Callable[[Desk, Row, Any], bytes]] = {
    "statement": _statement,
    "resign": _resign,
    "envelope": lambda desk, row, envelope: _dumped(envelope | {row["envelope"][0]: row["envelope"][1]}),
    "twice": lambda desk, row, envelope: _dumped(envelope | {"signatures": envelope["signatures"] * 2}),
    "bare": lambda desk, row, envelope: base64.b64decode(envelope["payload"]) + b"\n",
    "raw": lambda desk, row, envelope: desk.receipt.read_bytes().replace(*(part.encode() for part in row["raw"]), 1),
    "half": lambda desk, row, envelope: desk.receipt.read_bytes()[:400],
    "empty": lambda desk, row, envelope: b"",
    "content": lambda desk, row, envelope: row["content"].encode() * row["times"],
}


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_what_is_changed_is_refused(desk: Desk, row: Row) -> None:
    if "draft" in row:
        desk.edit(*row["draft"])
    if "policy" in row:
        file, old, new = row["policy"]
        desk.edit(old, new, f"policy/{file}")
    for change in CHANGES.keys() & row.keys():
        desk.receipt.write_bytes(CHANGES[change](desk, row, json.loads(desk.receipt.read_bytes())))
    given = {"key": row["key"]} if "key" in row else {}
    ran = desk.verify(*row.get("verify", ()), **given, **({"now": row["now"]} if "now" in row else {}))
    assert row["says"] in ran.out
    assert (ran.code, ran.err) == (row["code"], "")


def places(value: Any, *path: str | int) -> Iterator[tuple[str | int, ...]]:
    """Where the leaves of plain values stand."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [place for key, each in inside for place in places(each, *path, key)]
    yield from found or [path]


def flipped(value: Any) -> Any:
    """Another value of the same kind, as near as can be."""
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
    if isinstance(value, int):
        return value + 1
    return [*value, "x"] if isinstance(value, list) else value | {"x": "x"}


def change_at(statement: Any, path: tuple[str | int, ...]) -> None:
    *to, last = path
    for step in to:
        statement = statement[step]
    statement[last] = flipped(statement[last])


def test_every_value_of_a_receipt_is_held_by_its_signature(desk: Desk) -> None:
    envelope = json.loads(desk.receipt.read_bytes())
    key = key_of(desk, "a.key").public
    whole = statement_of(desk.receipt)
    tried = 0
    for path in places(whole):
        changed = statement_of(desk.receipt)
        change_at(changed, path)
        assert changed != whole
        envelope["payload"] = base64.b64encode(canonical(changed)).decode()
        with pytest.raises(MalformedError) as refused:
            opened(_dumped(envelope), [key])
        assert refused.value.key == "receipts.bad-signature"
        tried += 1
    assert tried > 20


@pytest.mark.parametrize("part", ["subject", "draft", "actions", "policy"])
def test_what_is_compared_is_refused_whoever_signed_it(desk: Desk, part: str) -> None:
    """A receipt that the right key signed says of each of these values what it is for; none of them is decoration."""
    for path in places(statement_of(desk.receipt)):
        if part not in path[:2] or path[-1] == "name" or "planned" in path:
            continue
        statement = statement_of(desk.receipt)
        change_at(statement, path)
        key = key_of(desk, "a.key")
        before = desk.receipt.read_bytes()
        desk.receipt.write_bytes(sealed(statement, key, key.public.id))
        assert desk.verify().code == 1, path
        desk.receipt.write_bytes(before)


def test_every_bit_of_a_receipt_counts(desk: Desk) -> None:
    data = bytearray(desk.receipt.read_bytes())
    key = key_of(desk, "a.key").public
    opened(bytes(data), [key])
    for place in range(len(data)):
        data[place] ^= 1 << (place % 8)
        with pytest.raises(MalformedError):
            opened(bytes(data), [key])
        data[place] ^= 1 << (place % 8)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON | st.binary())
def test_nothing_else_is_a_receipt(found: Any) -> None:
    data = found if isinstance(found, bytes) else json.dumps(found).encode()
    with pytest.raises(MalformedError):
        from_bytes(data)
    with pytest.raises(MalformedError):
        opened(data, [new_key().public])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_change_of_a_statement_is_no_receipt_or_another_one(desk: Desk, data: st.DataObject) -> None:
    """Values of any kind anywhere in a statement: never an unexpected error, never read as the same receipt."""
    statement = statement_of(desk.receipt)
    receipt = from_bytes(canonical(statement))
    path = data.draw(st.sampled_from(list(places(statement))))
    *to, last = path
    inner = statement
    for step in to:
        inner = inner[step]
    inner[last] = data.draw(JSON.filter(lambda value: value != inner[last]))
    try:
        changed = json.dumps(statement, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        read = from_bytes(changed.encode("utf-8", "surrogatepass"))
    except MalformedError:
        return
    assert read != receipt
    assert to_bytes(read).decode("utf-8", "surrogatepass") == changed


def test_a_receipt_of_another_draft_in_its_place(desk: Desk) -> None:
    """Swapped between drafts: the names of files prove nothing."""
    other = (desk.folder / "drafts" / "0042.md").read_text(encoding="utf-8").replace("東區/0042", "東區/0043")
    (desk.folder / "drafts" / "0043.md").write_text(other.replace("林**", "陳**"), encoding="utf-8")
    assert desk.check().code == 0
    one, two = sorted((desk.folder / "receipts").iterdir())
    one_data, two_data = one.read_bytes(), two.read_bytes()
    one.write_bytes(two_data)
    two.write_bytes(one_data)
    for name in ("0042", "0043"):
        ran = desk.verify("--case", f"drafts/{name}.md")
        assert ran.code == 1
        assert "the receipt is for the draft" in ran.out


def test_the_same_text_for_two_drafts_must_say_for_which(desk: Desk) -> None:
    other = (desk.folder / "drafts" / "0042.md").read_text(encoding="utf-8").replace("東區/0042", "東區/0043")
    (desk.folder / "drafts" / "0043.md").write_text(other, encoding="utf-8")
    assert desk.check().code == 0
    (desk.folder / "reply.txt").write_text(TEXT, encoding="utf-8")
    ran = desk.verify("--text", "reply.txt")
    assert (ran.code, "cleared for several drafts: 東區/0042, 東區/0043" in ran.out) == (1, True)
    assert desk.verify("--text", "reply.txt", "--draft", "東區/0043").code == 0
    assert desk.verify("--text", "reply.txt", "--draft", "東區/0044").code == 1


def test_posting_twice_is_refused_even_with_a_new_receipt(desk: Desk) -> None:
    assert desk.verify("--once", "posted.log").code == 0
    assert desk.check("--valid-for", "7d").code == 0
    ran = desk.verify("--once", "posted.log", now="2026-11-20T13:00+08:00")
    assert ran.code == 1
    assert "already verified for posting at 2026-11-20T12:00:00+08:00" in ran.out
    assert desk.verify().code == 0
    desk.edit("改善", "更加改善")
    assert desk.check().code == 0
    assert desk.verify("--once", "posted.log").code == 0


def test_a_list_of_postings_that_was_changed_is_not_believed(desk: Desk) -> None:
    assert desk.verify("--once", "posted.log").code == 0
    desk.edit("改善", "更加改善")
    assert desk.check().code == 0
    assert desk.verify("--once", "posted.log").code == 0
    log = desk.folder / "posted.log"
    log.write_bytes(log.read_bytes().replace(b"posting", b"postinf", 1))
    desk.edit("更加改善", "改善")
    ran = desk.verify("--once", "posted.log")
    assert (ran.code, "was changed" in ran.err) == (3, True)


def test_a_draft_that_is_no_longer_cleared_loses_its_receipt(desk: Desk) -> None:
    desk.edit("severity error", "severity error\n  when review.rating is at most 3", "policy/rules/no-refunds.rules")
    desk.edit("promise of refund\n", "promise of refund or promise of improve\n", "policy/rules/no-refunds.rules")
    desk.edit("  unless   amount is at most authority.offers.refund.limit\n", "", "policy/rules/no-refunds.rules")
    words = desk.folder / "policy" / "lexicon" / "words.rules"
    words.write_text(words.read_text(encoding="utf-8") + 'promise of improve also reads "改善"\n', encoding="utf-8")
    assert desk.check().code == 1
    assert not list((desk.folder / "receipts").iterdir())


def test_another_tool_reads_the_envelope(desk: Desk) -> None:
    """DSSE and in-toto as the securesystemslib of in-toto itself reads them."""
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import SSlibKey

    envelope = Envelope.from_dict(json.loads(desk.receipt.read_bytes()))
    ours = public_key((desk.folder / "a.key.pub").read_bytes(), "a.key.pub")
    assert isinstance(ours, PublicKey)
    theirs = SSlibKey.from_crypto(ours.key, keyid=ours.id)
    assert envelope.verify([theirs], 1) == {ours.id: theirs}
    assert envelope.payload_type == PAYLOAD_TYPE
    assert json.loads(envelope.payload)["subject"][0]["digest"].keys() == {"sha256"}


def test_line_ends_that_git_changed_are_told_as_that(desk: Desk) -> None:
    """As in a clone on Windows: the reply's bytes are others, and whoever posts is told why."""
    draft = desk.folder / "drafts" / "0042.md"
    draft.write_bytes(draft.read_bytes().replace(b"\n", b"\r\n"))
    ran = desk.verify()
    assert (ran.code, "its lines end in CR LF, and in what was checked in LF" in ran.out) == (1, True), ran.out
    assert "* text=auto eol=lf" in ran.out
    desk.receipt.unlink()
    desk.check()
    draft.write_bytes(draft.read_bytes().replace(b"\r\n", b"\n"))
    assert "its lines end in LF, and in what was checked in CR LF" in desk.verify().out


@pytest.mark.parametrize("change", [lambda data: data.replace(b"\n", b"\r\n"), lambda data: b"\xef\xbb\xbf" + data])
def test_a_policy_is_the_same_whichever_system_it_was_last_on(desk: Desk, change: Callable[[bytes], bytes]) -> None:
    for file in (desk.folder / "policy").rglob("*.*"):
        file.write_bytes(change(file.read_bytes()))
    assert desk.verify().code == 0
