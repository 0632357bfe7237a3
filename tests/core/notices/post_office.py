# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A mail server for tests: small, and a real one, at a port of this machine."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Letter:
    """What was handed over."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        """The content, read."""
        read = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        return read


@dataclass
class PostOffice:
    """Takes every letter, but for those whose recipient it does not know."""

    port: int = 0
    unknown: set[str] = field(default_factory=set)
    letters: list[Letter] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    """One conversation of RFC 5321."""

    server: "_Server"

    def handle(self) -> None:
        office, sender, recipients = self.server.office, "", list[str]()
        self.say("220 post office")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb.startswith("EHLO"):
                self.say("250-post office", "250 8BITMIME")
            elif verb == "MAIL FROM":
                sender, recipients = address(line), []
                self.say("250 ok")
            elif verb == "RCPT TO" and address(line) in office.unknown:
                self.say("550 no such person")
            elif verb == "RCPT TO":
                recipients.append(address(line))
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                office.letters.append(Letter(sender, recipients, self.content()))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    office: PostOffice


def address(line: str) -> str:
    """Between the angle brackets."""
    return line.partition("<")[2].partition(">")[0]


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open inside of the block."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.office = PostOffice(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.office
        finally:
            server.shutdown()
            thread.join()
