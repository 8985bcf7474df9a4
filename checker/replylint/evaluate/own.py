"""The brand's own numbers and addresses, which disclose nothing about a customer."""

from __future__ import annotations

from replylint.contract.model import Contract

SECTION = "own"


def own_addresses(contract: Contract) -> frozenset[str]:
    """Every phone number, e-mail address, URL and street address under the contract's `own`."""
    values = [contract.value(path) for path in contract.paths() if path.startswith(f"{SECTION}.")]
    return frozenset(
        text for value in values for text in (value if isinstance(value, tuple) else (value,)) if isinstance(text, str)
    )
