# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A mail a day to each member who asked for one: how much waits, and where; nothing of anybody.

It is what the first page says, counted as that member, by the rights that they have on that day.
"""

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from havre.core.access import NobodyActs, Purpose, acting_as, current_actor
from havre.core.accounts.models import Member
from havre.core.clock import today
from havre.core.notices.models import Digest
from havre.core.notices.words import WORDS
from havre.core.ui.work import Tile, tiles
from havre.words import Language

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Sent:
    """How many mails went out, how many members had nothing waiting, and how many mails could not be handed over."""

    sent: int = 0
    nothing: int = 0
    failed: int = 0


def mail_is_set_up() -> bool:
    """Whether ``HAVRE_MAIL_URL`` names a server; without one no mail is sent."""
    return bool(settings.HAVRE_MAIL)


def ask_for_digest(language: Language) -> None:
    """The acting member wants the mail, in this language."""
    Digest.objects.update_or_create(member_id=current_actor().member_id, defaults={"language": language})


def stop_digest() -> None:
    """The acting member wants it no more."""
    Digest.objects.filter(member_id=current_actor().member_id).delete()


def digest_is_asked() -> bool:
    """Whether the acting member wants it."""
    return Digest.objects.filter(member_id=current_actor().member_id).exists()


def send_digests() -> Sent:
    """Mails everybody who asked and was not mailed today. One that fails is tried again the next day, not sooner.

    Done by Havre itself, which reads who asked; what waits is counted as each of them.
    """
    done = Sent()
    if not mail_is_set_up():
        return done
    for digest in Digest.objects.exclude(sent_on=today()).select_related("member__account").order_by("pk"):
        try:
            mail = _mail(digest.member, Language(digest.language))
        except NobodyActs:  # a member no more
            continue
        if mail is None:
            done.nothing += 1
            continue
        try:
            mail.send()
        except (SMTPException, OSError) as error:
            done.failed += 1
            logger.warning(f"a digest was not handed over: {type(error).__name__}")
            continue
        done.sent += 1
        Digest.objects.filter(pk=digest.pk).update(sent_on=today())
    return done


def _mail(member: Member, language: Language) -> EmailMessage | None:
    """None where nothing waits."""
    with acting_as(member.pk, Purpose.CARE):
        waiting = tiles(language)
    if not waiting:
        return None
    return EmailMessage(
        subject=WORDS.say(language, "digest_subject"),
        body=_body(waiting, language),
        to=[member.account.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _body(waiting: list[Tile], language: Language) -> str:
    lines = [f"{tile.count} {tile.text}" for tile in waiting]
    page, settings_page = (f"{settings.HAVRE_ADDRESS}{reverse(name)}" for name in ("home", "notices:told"))
    end = WORDS.say(language, "digest_end", address=settings_page)
    return "\n".join([WORDS.say(language, "digest_begins"), "", *lines, "", page, "", end, ""])
