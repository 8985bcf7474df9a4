"""Emergencies that can come up and are no everyday matter, and a speaker who may speak."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.contract.entries import Entries, children, line_of, texts
from replylint.contract.terms import GRAVE
from replylint.source.problems import Problem
from replylint.source.values import Duration, Percent

_SPEAKING = ("publish_statement", "contact_media")


def emergencies_come_up(entries: Entries) -> Iterator[Problem]:
    """An emergency that nobody is told of, that has no time to come up in, or in which all reviews are alike."""
    for name, _ in children(entries, "emergencies"):
        notify, within, alike = (entries.get(f"emergencies.{name}.{key}") for key in ("notify", "within", "alike"))
        if notify is not None and notify.value == ():
            yield Problem("contract.names-nothing", notify.where, {"name": "notify"})
        if within is not None and isinstance(within.value, Duration) and not within.value.amount:
            yield Problem("contract.within-nothing", within.words, {"length": within.words.words})
        if alike is not None and isinstance(alike.value, Percent) and not alike.value.amount:
            yield Problem("contract.all-alike", alike.words, {"share": alike.words.words})


def complaints_are_serious(entries: Entries) -> Iterator[Problem]:
    """A level of which every review would be an emergency, and that is no grave one."""
    level, alleged = (entries.get(f"emergencies.serious_complaint.{key}") for key in ("level", "allegations"))
    if level is not None and alleged is None and level.value not in GRAVE:
        yield Problem("contract.each-an-emergency", level.words, {"level": str(level.value)})


def speakers_may_speak(entries: Entries) -> Iterator[Problem]:
    """Who alone speaks in an emergency may also plan what is said."""
    for emergency, _ in children(entries, "emergencies"):
        speaker = entries.get(f"emergencies.{emergency}.speaker")
        for action in _SPEAKING:
            who = entries.get(f"authority.actions.{action}.who")
            if speaker is not None and who is not None and str(speaker.value) not in texts(who):
                values = {"role": str(speaker.value), "action": action, "line": line_of(who)}
                yield Problem("contract.speaker-may-not", speaker.words, values)
