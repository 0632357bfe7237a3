# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Telling members, and what they have not read."""

from collections.abc import Iterable
from contextvars import ContextVar
from uuid import UUID

from havre.core.access import NobodyActs, current_actor
from havre.core.accounts.models import Member
from havre.core.notices.models import Notice
from havre.words import Language, Words

_words: dict[str, Words] = {}
_counted: ContextVar[tuple[UUID, int] | None] = ContextVar("counted", default=None)
"""How many are unread, as this request has counted: the first page says it twice."""


class UnknownSentence(LookupError):
    """No app speaks this key."""


def speaks(app: str, words: Words) -> None:
    """Says whose words the keys ``app.*`` are; called from an app's ``ready()``."""
    _words[app] = words


def tell(members: Iterable[Member | UUID], key: str, link: str, /, **values: int | float | UUID) -> None:
    """Leaves a notice for each of ``members``, once each; the sentence is ``key`` (``app.sentence``) with ``values``.

    Called by an action, within its transaction: members see it when the change is committed, and never without it.
    UnknownSentence; TypeError for a value that is neither number nor id; ValueError for a link that leaves the site.
    """
    current_actor()
    _known(key)
    if not link.startswith("/") or link.startswith("//"):
        raise ValueError("a notice links to a page of this site")
    told = {name: _plain(value) for name, value in values.items()}
    ids = dict.fromkeys(each.id if isinstance(each, Member) else each for each in members)
    Notice.objects.bulk_create(Notice(member_id=each, key=key, values=told, link=link) for each in ids)
    count_anew()


def unread() -> int:
    """How many notices the acting member has not read; for the top of every page. Nobody has none."""
    try:
        actor = current_actor()
    except NobodyActs:
        return 0
    counted = _counted.get()
    if counted is None or counted[0] != actor.request_id:
        counted = actor.request_id, Notice.objects.filter(member_id=actor.member_id, read_at=None).count()
        _counted.set(counted)
    return counted[1]


def count_anew() -> None:
    """Something was told or read: whoever asks next counts."""
    _counted.set(None)


def said(notice: Notice, language: Language) -> str:
    """The sentence of a notice; UnknownSentence where the app that told it is gone."""
    words, sentence = _known(notice.key)
    return words.say(language, sentence, **notice.values)


def _known(key: str) -> tuple[Words, str]:
    app, _, sentence = key.partition(".")
    words = _words.get(app)
    if words is None or sentence not in set(words):
        raise UnknownSentence(key)
    return words, sentence


def _plain(value: object) -> int | float | str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (int, float)):
        return value
    raise TypeError(f"a notice tells numbers and ids, not a {type(value).__name__}")
