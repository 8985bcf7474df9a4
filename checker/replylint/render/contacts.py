"""People to reach, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replylint.evaluate.model import Contact
from replylint.render.visible import visible
from replylint.source.messages import Lang, say

if TYPE_CHECKING:
    from replylint.contract.model import Contact as Person


def who(contact: Contact | Person, lang: Lang) -> str:
    """Name, role and channel."""
    values = {"name": contact.name, "role": role(contact, lang), "channel": contact.channel}
    return say("render.contact", lang, {key: visible(value) for key, value in values.items()})


def on_call(contact: Contact | Person, lang: Lang) -> str:
    """Name, role and channel, and whether they are on duty."""
    return say(f"render.{'triage-duty' if contact.on_duty else 'off-duty'}", lang, {"contact": who(contact, lang)})


def role(contact: Contact | Person, lang: Lang) -> str:
    """The role as people know it: by its title in their language, else by its name in the contract."""
    return getattr(contact.title, lang) or contact.role
