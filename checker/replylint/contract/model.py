"""The contract as the evaluator sees it: typed values by dotted path, the calendar, and whom to turn to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from replylint.contract.actions import ActionSchema, action_schemas, event_schemas, spellings, usual
from replylint.contract.calendar import Calendar
from replylint.contract.entries import Entries, type_name
from replylint.contract.own_fields import OwnField, own_fields, tables
from replylint.contract.own_names import OwnNames, own_names
from replylint.contract.readers import every_day, hours
from replylint.contract.severity import About, level_of
from replylint.contract.terms import EMERGENCIES
from replylint.source.bilingual import Bilingual, script_of
from replylint.source.messages import Lang
from replylint.source.spans import Location, Source
from replylint.source.values import Money, Value


@dataclass(frozen=True)
class Contact:
    """Whom to reach: a role, the person's name, how, and whether they are on duty at the moment asked about.

    title: what the contract calls the role.
    """

    role: str
    name: str
    channel: str
    on_duty: bool
    title: Bilingual = field(default_factory=Bilingual)


@dataclass(frozen=True)
class Contract:
    """A valid contract.

    source: the file. entries: every path with its value and place; a section's value is None. calendar: business time.
    """

    source: Source
    entries: Entries
    calendar: Calendar

    def __contains__(self, path: object) -> bool:
        return path in self.entries

    def paths(self) -> tuple[str, ...]:
        """Every path that rules may name, values and sections, in the order of the file."""
        return tuple(
            path for path in self.entries
            if path and not path.startswith("fields.") and not any(part.isdigit() for part in path.split("."))
        )  # fmt: skip

    def value(self, path: str) -> Value | None:
        """The value at a path, a tuple of texts for a list; None for a section and where nothing is stated."""
        entry = self.entries.get(path)
        return entry.value if entry else None

    def type_of(self, path: str) -> str | None:
        """`money`, `percent`, `duration`, `count`, `text`, `texts` or `yesno`; None where `value` is None."""
        entry = self.entries.get(path)
        return type_name(entry) if entry else None

    def location(self, path: str) -> Location:
        """Where a path stands: the key with its value, or a section's key. KeyError when it does not exist."""
        return self.entries[path].where

    def contact_for(self, role: str, now: dt.datetime) -> Contact | None:
        """The first contact of a role who is on duty now, else the first; None when the role has none."""
        found = [self._contact(role, path, now) for path in self._numbered(f"contacts.{role}")]
        return next((contact for contact in found if contact.on_duty), found[0] if found else None)

    def named_approver(self, clause: str | None) -> str | None:
        """The role that a clause, or a section around it, names as its approver."""
        parts = clause.split(".") if clause else []
        places = (".".join([*parts[:length], "approver"]) for length in range(len(parts), 0, -1))
        return next((self._text(place) for place in places if self.value(place)), None)

    def person_for(self, severity: str | None, now: dt.datetime, clause: str | None = None) -> Contact | None:
        """Whom a verdict that needs a person goes to.

        The clause's approver, or who may make the statement that it reserves; else the first escalation step for this
        severity, else the default approver. When that role is off duty, whoever covers closed hours for this severity,
        if on duty.
        """
        named = self.named_approver(clause) or self._entitled(clause)
        role = named or self._step(severity) or self._text("approvals.default")
        contact = self.contact_for(role, now)
        if contact is not None and contact.on_duty:
            return contact
        cover = self._cover(severity, now)
        return cover if cover is not None and cover.on_duty else contact

    def line(self, severity: str | None, now: dt.datetime, clause: str | None = None) -> tuple[Contact, ...]:
        """Everyone who may be turned to about a verdict, in order: whoever it goes to, then who comes next."""
        first = self.person_for(severity, now, clause)
        found = [first] if first is not None else []
        roles = [*([first.role] if first else []), *self._steps(severity), self._text("calendar.cover.role")]
        for role in dict.fromkeys(roles):
            found += [self._contact(role, path, now) for path in self._numbered(f"contacts.{role}")]
        return tuple(dict.fromkeys(found))

    def cover_for(self, severity: str | None) -> str | None:
        """The role that answers for a level when the brand is closed; None where the contract names none for it."""
        role, levels = self._text("calendar.cover.role"), self._texts("calendar.cover.levels")
        return role if role and (not levels or severity in levels) else None

    def escalates_to(self, severity: str | None) -> tuple[str, ...]:
        """The roles to whom a case of a level goes up: by the escalation, the cover, and those told in emergencies."""
        found = [*self._steps(severity)]
        if (cover := self.cover_for(severity)) is not None:
            found.append(cover)
        for name in EMERGENCIES:
            if self.value(f"emergencies.{name}.level") == severity:
                found += self._texts(f"emergencies.{name}.notify")
        return tuple(dict.fromkeys(found))

    def goes_up_to(self, severity: str | None, to: str) -> bool:
        """Whether words name one of those to whom a case of a level goes up: a role, its title, or its people."""
        if severity not in self._told:
            names = (
                name for role in self.escalates_to(severity)
                for name in (role, self._title(role).en, self._title(role).zh, *(name for name, _ in self.people(role)))
            )  # fmt: skip
            self._told[severity] = frozenset(usual(name) for name in names if name)
        return usual(to) in self._told[severity]

    @cached_property
    def _told(self) -> dict[str | None, frozenset[str]]:
        return {}

    @cached_property
    def roles(self) -> Mapping[str, Bilingual]:
        """The roles by key, each with what it is called."""
        keys = [path.split(".")[1] for path in self.entries if path.startswith("roles.") and path.count(".") == 1]
        return {key: self._title(key) for key in keys}

    @cached_property
    def role_names(self) -> Mapping[str, str]:
        """Every spelling of a role, its key and its titles, as `contract.actions.usual` writes it, with the key."""
        titled = {usual(title): key for key, both in self.roles.items() for title in (both.en, both.zh) if title}
        return titled | {usual(key): key for key in self.roles}

    def role_title(self, role: str, lang: Lang) -> str:
        """A role as people of a language know it: by its title, else by its key."""
        title = self._title(role)
        return (title.en if lang == "en" else title.zh) or role

    def _title(self, role: str) -> Bilingual:
        """What a role is called; a single title in Latin letters serves for both languages, one in Chinese does not."""
        plain = self._text(f"roles.{role}.title")
        if plain:
            return Bilingual("" if script_of(plain) == "zh" else plain, plain)
        en, zh = (self._text(f"roles.{role}.title.{lang}") for lang in ("en", "zh"))
        return Bilingual(en, zh or en)

    def people(self, role: str) -> tuple[tuple[str, str], ...]:
        """Names and channels of a role's contacts, in order."""
        paths = self._numbered(f"contacts.{role}")
        return tuple((self._text(f"{path}.name"), self._text(f"{path}.channel")) for path in paths)

    def severity_for(self, rating: int | None, allegations: tuple[str, ...] = ()) -> str | None:
        """The highest level whose stars or allegations a review meets; None when it meets none."""
        level = level_of(About(None if rating is None else Decimal(rating), allegations), self)
        return level.name if level else None

    @cached_property
    def currency(self) -> str:
        """The currency of amounts that state none: the one in which the contract states most of its own, else TWD."""
        stated = Counter(entry.value.currency for entry in self.entries.values() if isinstance(entry.value, Money))
        return stated.most_common(1)[0][0] if stated else "TWD"

    @cached_property
    def actions(self) -> Mapping[str, ActionSchema]:
        """Every action that drafts and rules may name, by name: the built-in ones and the brand's own."""
        return action_schemas(self.entries)

    @cached_property
    def events(self) -> Mapping[str, ActionSchema]:
        """What can have happened besides actions, by name; the same under every contract."""
        return event_schemas()

    @cached_property
    def own_fields(self) -> Mapping[str, OwnField]:
        """The fields that the brand's cases state besides the built-in ones, by name."""
        return own_fields(self.entries)

    @cached_property
    def own_names(self) -> OwnNames:
        """What the brand calls its own fields, parameters, tables and words."""
        return own_names(self.entries)

    @cached_property
    def tables(self) -> Mapping[str, Mapping[str, Value]]:
        """The lookup tables by path; see `contract.own_fields.tables`."""
        return tables(self.entries)

    @cached_property
    def action_names(self) -> Mapping[str, str]:
        """Every spelling of every action, as `contract.actions.usual` writes it, with the action's name."""
        return spellings(self.actions.values())

    def _text(self, path: str) -> str:
        return str(self.value(path) or "")

    def _texts(self, path: str) -> tuple[str, ...]:
        value = self.value(path)
        return value if isinstance(value, tuple) else ()

    def _numbered(self, path: str) -> list[str]:
        """The paths of a list's records, in order."""
        found: list[str] = []
        while f"{path}.{len(found) + 1}" in self.entries:
            found.append(f"{path}.{len(found) + 1}")
        return found

    def _contact(self, role: str, path: str, now: dt.datetime) -> Contact:
        on_duty = self._on_duty(path, now)
        title = self._title(role)
        return Contact(role, self._text(f"{path}.name"), self._text(f"{path}.channel"), on_duty, title)

    def _on_duty(self, path: str, now: dt.datetime) -> bool:
        duty, zone = self._text(f"{path}.hours"), self._text(f"{path}.time_zone")
        if duty == "always":
            return True
        if duty == "business hours":
            return self.calendar.open_at(now)
        local = now.astimezone(ZoneInfo(zone) if zone else self.calendar.zone)
        minute = local.hour * 60 + local.minute
        return any(start <= minute < end for start, end in every_day(hours(duty) or ()))

    def _entitled(self, clause: str | None) -> str | None:
        roles = self._texts(clause) if clause and clause.startswith("authority.statements.") else ()
        return next((role for role in roles if self._numbered(f"contacts.{role}")), None)

    def _step(self, severity: str | None) -> str | None:
        return next(iter(self._steps(severity)), None)

    def _steps(self, severity: str | None) -> Iterator[str]:
        """The roles of the escalation's steps for a level, in order."""
        for path in self._numbered("escalation"):
            levels = self._texts(f"{path}.levels")
            if not levels or severity in levels:
                yield self._text(f"{path}.to")

    def _cover(self, severity: str | None, now: dt.datetime) -> Contact | None:
        role = self.cover_for(severity)
        return self.contact_for(role, now) if role is not None else None
