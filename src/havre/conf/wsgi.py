# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a web server calls."""

import gc
import logging
import os
import threading
from collections.abc import Iterable
from multiprocessing import parent_process
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

from havre.engines.names import compare_names

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.conf.settings")
logger = logging.getLogger(__name__)
_site = get_wsgi_application()
# What stays as long as the process lives: else the collector looks through it all in the middle of some page.
gc.freeze()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """The site. What even its own error page could not answer is logged by kind: its text might hold a name."""
    try:
        return _site(environ, start_response)
    except Exception as error:
        logger.error("no answer: %s", type(error).__name__, exc_info=True)
        start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Havre: 500\n"]


def _end_with_parent() -> None:
    """A worker whose server was killed would keep the port, and the next server could not answer."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _load_comparison() -> None:
    """What compares names is compiled and takes seconds to load, at first half a minute: no search waits for it."""
    compare_names([("", "")])
    gc.freeze()


threading.Thread(target=_end_with_parent, daemon=True).start()
threading.Thread(target=_load_comparison, daemon=True).start()
