"""All checks of a contract: each takes the entries, and gives what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from replylint.contract.checks import (
    actions,
    authority,
    clocks,
    cover,
    emergencies,
    escalation,
    hours,
    levels,
    names,
    offers,
    own_fields,
    own_names,
    tiers,
    values,
)
from replylint.contract.entries import Entries
from replylint.source.problems import Problem

Check = Callable[[Entries], Iterator[Problem]]

POSSIBLE: tuple[Check, ...] = (
    names.names_exist, names.keys_are_roles, names.sides_exist, names.subdivision_exists,
    values.version, values.numbers_in_range,
    hours.hours_in_order, hours.ever_open,
    clocks.lengths_rise, clocks.warnings_fit,
    tiers.tiers_rise,
    actions.actions_have_titles, actions.fulfil_what_is_built_in, actions.parameters_keep_their_types,
    own_fields.fields_have_one_type, own_fields.field_names_are_free, own_fields.tables_have_one_type,
)  # fmt: skip
"""What a contract says could be meant: the names are there, the numbers possible, what rises does so."""

MEANT: tuple[Check, ...] = (
    offers.limits_within_tiers, offers.limits_of_those_who_offer, offers.limits_within_the_approvers,
    offers.approvers_have_more, offers.offered_and_promised_alike, offers.shares_are_of_a_hundred,
    tiers.tiers_reach_somebody,
    authority.statements_reach_somebody, authority.removal_is_the_brands, authority.waivers_of_what_may_be_waived,
    hours.workdays_are_open,
    cover.somebody_covers, cover.covers_something, cover.cover_is_there, cover.contacts_are_on_duty, cover.zones_count,
    levels.stars_are_left, levels.defined_once,
    clocks.clocks_have_time, clocks.warnings_leave_time, clocks.graver_is_no_slower, clocks.up_before_the_reply,
    escalation.levels_go_up_to_somebody, escalation.called_in_time, escalation.called_in_order,
    emergencies.emergencies_come_up, emergencies.complaints_are_serious, emergencies.speakers_may_speak,
    values.replies_have_words,
    own_names.names_are_of_something, own_names.names_are_of_one_thing,
)  # fmt: skip
"""It is also meant: no part is against another, so that nobody could keep both, and none comes to nothing.

Asked only of what is possible: whatever contradicts something that is wrong itself would be told twice.
"""


def check(checks: tuple[Check, ...], entries: Entries) -> list[Problem]:
    """Everything that some checks find, in no particular order."""
    return [problem for each in checks for problem in each(entries)]
