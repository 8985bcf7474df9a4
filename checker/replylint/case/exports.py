"""Exports of the tools that people use, recognised by their own names of fields and read as they are.

Sources of the names: Google Business Profile API v4 `accounts.locations.reviews` (developers.google.com/my-business),
Google Play Console's monthly reviews report (support.google.com/googleplay/android-developer), and the output of the
Python and the JavaScript package `google-play-scraper`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from replylint.case.tree import Tree


@dataclass(frozen=True)
class Export:
    """One kind of export: which keys give it away, and which field of a case each of its paths is.

    A review without a reply is none of our drafts and is skipped. `platform` is where all its reviews stand.
    """

    marks: tuple[frozenset[str], ...]
    paths: Mapping[str, str]
    platform: str


BUSINESS_PROFILE = Export(
    marks=(frozenset({"reviewId", "starRating"}), frozenset({"starRating", "reviewer"})),
    paths={
        "reviewId": "id",
        "reviewer.displayName": "review.author",
        "starRating": "review.rating",
        "comment": "review.text",
        "createTime": "review.posted_at",
        "reviewReply.comment": "reply",
        "reviewReply.updateTime": "reply.posted_at",
    },
    platform="google_maps",
)

PLAY_CONSOLE = Export(
    marks=(frozenset({"Star Rating", "Review Text"}),),
    paths={
        "Reviewer Language": "language",
        "Star Rating": "review.rating",
        "Review Title": "review.title",
        "Review Text": "review.text",
        "Review Submit Date and Time": "review.posted_at",
        "Developer Reply Date and Time": "reply.posted_at",
        "Developer Reply Text": "reply",
    },
    platform="google_play",
)

# The Python package; some wrappers write its names with underscores.
PLAY_SCRAPER = Export(
    marks=(frozenset({"content", "score"}),),
    paths={
        "reviewId": "id",
        "review_id": "id",
        "userName": "review.author",
        "user_name": "review.author",
        "content": "review.text",
        "score": "review.rating",
        "at": "review.posted_at",
        "replyContent": "reply",
        "reply_content": "reply",
        "repliedAt": "reply.posted_at",
        "replied_at": "reply.posted_at",
    },
    platform="google_play",
)

PLAY_SCRAPER_JS = Export(
    marks=(frozenset({"score", "text", "userName"}), frozenset({"score", "text", "replyText"})),
    paths={
        "id": "id",
        "userName": "review.author",
        "title": "review.title",
        "text": "review.text",
        "score": "review.rating",
        "date": "review.posted_at",
        "replyText": "reply",
        "replyDate": "reply.posted_at",
    },
    platform="google_play",
)

_EXPORTS = (BUSINESS_PROFILE, PLAY_CONSOLE, PLAY_SCRAPER, PLAY_SCRAPER_JS)

EXPORT_NAMES = frozenset(path.split(".")[0] for export in _EXPORTS for path in export.paths)
"""Names of the exports' own fields: never a slip of one of ours, however near (`score`, `store`)."""

# Where an answer of an interface holds its reviews.
_CONTAINERS = ("reviews", "data")


def recognise(value: Mapping[str, Any]) -> Export | None:
    """The export that a review comes from; None for a case in the project's own form."""
    if "reply" in value or "actions" in value:
        return None
    keys = value.keys()
    return next((e for e in _EXPORTS if any(marks <= keys for marks in e.marks)), None)


def reviews_of(tree: Tree) -> tuple[Tree, ...] | None:
    """The reviews inside an answer that wraps them in a list; None when the value is no such answer."""
    if not isinstance(tree.value, dict) or "reply" in tree.value:
        return None
    for name in _CONTAINERS:
        inner = tree.value.get(name)
        if isinstance(inner, list) and all(isinstance(each, dict) and recognise(each) for each in inner):
            listed = tree.child(name)
            return tuple(listed.child(index) for index in range(len(inner)))
    return None


def entries_of(tree: Tree, export: Export) -> dict[str, Tree]:
    """The fields of a case that an exported review states."""
    found: dict[str, Tree] = {}
    for path, name in export.paths.items():
        outer, _, inner = path.partition(".")
        value = tree.value.get(outer)
        if inner and isinstance(value, dict) and inner in value:
            found[name] = tree.child(outer).child(inner)
        elif not inner and value is not None:
            found[name] = tree.child(outer)
    return found
