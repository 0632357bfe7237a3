# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings: safe when nothing is said, and nonsense is refused in one sentence that names it."""

import re
from datetime import date
from pathlib import Path

import pytest

from havre.conf.environment import Environment, EnvironmentRefused, SecondFactor
from havre.core.database.cluster import Cluster
from havre.core.database.server import OwnServer

ROOT = Path(__file__).parents[2]
KEY = "k" * 50
URL = "postgresql://somebody:hidden@db.example/camp"


@pytest.fixture
def said(tmp_path: Path) -> dict[str, str]:
    return {"HAVRE_VAR": str(tmp_path)}


def test_where_nothing_is_said_it_is_safe(said: dict[str, str], tmp_path: Path) -> None:
    read = Environment.read(said)
    assert read.var == tmp_path
    assert read.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert read.second_factor is SecondFactor.REQUIRED
    assert read.today is None
    assert not read.debug
    assert not read.https  # this machine alone
    assert isinstance(read.server(), Cluster)


def test_an_empty_setting_is_one_that_is_not_given(said: dict[str, str]) -> None:
    assert Environment.read({**said, "HAVRE_HOSTS": " ", "HAVRE_TODAY": ""}) == Environment.read(said)


def test_the_key_is_made_once_and_only_its_owner_reads_it(said: dict[str, str], tmp_path: Path) -> None:
    first, second = (Environment.read(said).secret_key for _ in range(2))
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secrets" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_what_is_said_is_read(said: dict[str, str]) -> None:
    read = Environment.read(
        said
        | {
            "HAVRE_SECRET_KEY": KEY,
            "HAVRE_HOSTS": "havre.example, localhost",
            "HAVRE_ORIGIN": "calais",
            "HAVRE_TODAY": "2016-10-24",
            "HAVRE_SECOND_FACTOR": "offered",
            "HAVRE_FILE_LIMIT": "5",
            "HAVRE_DEBUG": "on",
        }
    )
    assert read.secret_key == KEY
    assert read.hosts == ("havre.example", "localhost")
    assert read.https  # a name that others know
    assert read.origin == "calais"
    assert read.today == date(2016, 10, 24)
    assert read.second_factor is SecondFactor.OFFERED
    assert read.file_limit == 5 * 1024 * 1024
    assert read.debug


def test_https_can_be_said(said: dict[str, str]) -> None:
    assert not Environment.read({**said, "HAVRE_HOSTS": "havre.example", "HAVRE_HTTPS": "off"}).https
    assert Environment.read({**said, "HAVRE_HTTPS": "on"}).https


def test_a_secret_may_stand_in_a_file(said: dict[str, str], tmp_path: Path) -> None:
    key, url = tmp_path / "key", tmp_path / "url"
    key.write_text(KEY + "\n")
    url.write_text(URL + "\n")
    read = Environment.read({**said, "HAVRE_SECRET_KEY_FILE": str(key), "HAVRE_DATABASE_URL_FILE": str(url)})
    assert read.secret_key == KEY
    assert read.database_url == URL
    assert isinstance(read.server(), OwnServer)


def test_no_secret_is_shown_with_the_settings(said: dict[str, str]) -> None:
    shown = repr(Environment.read({**said, "HAVRE_SECRET_KEY": KEY, "HAVRE_DATABASE_URL": URL}))
    assert KEY not in shown
    assert "hidden" not in shown


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HAVRE_HOST", "havre.example", "HAVRE_HOSTS"),
        ("HAVRE_HOSTS", "https://havre.example", "without https://"),
        ("HAVRE_HOSTS", "havre.example:443", "without port"),
        ("HAVRE_HOSTS", "*", "host name"),
        ("HAVRE_HOSTS", "a,,b", "host name"),
        ("HAVRE_HTTPS", "maybe", "neither on nor off"),
        ("HAVRE_ORIGIN", "Calais!", "Lower-case"),
        ("HAVRE_TODAY", "24/10/2016", "2016-10-24"),
        ("HAVRE_TODAY", "2016-02-30", "2016-10-24"),
        ("HAVRE_SECOND_FACTOR", "no", "required, offered"),
        ("HAVRE_FILE_LIMIT", "0", "from 1 to 1000"),
        ("HAVRE_FILE_LIMIT", "20 MB", "whole number"),
        ("HAVRE_FILE_LIMIT", "²", "whole number"),
        ("HAVRE_DEBUG", "2", "neither on nor off"),
        ("HAVRE_SECRET_KEY", "short", "50 characters"),
        ("HAVRE_SECRET_KEY_FILE", "/nowhere/at/all", "cannot be read"),
        ("HAVRE_MAIL_URL", "mail.example", "smtps://"),
        ("HAVRE_MAIL_URL", "http://mail.example?from=havre@camp.example", "smtps://"),
        ("HAVRE_MAIL_URL", "smtp://mail.example", "from=ADDRESS"),
        ("HAVRE_MAIL_URL", "smtp://mail.example?from=nobody", "from=ADDRESS"),
        ("HAVRE_MAIL_URL", "smtp://somebody@mail.example?from=havre@camp.example", "PASSWORD"),
        ("HAVRE_MAIL_URL", "smtp://mail.example:port?from=havre@camp.example", "PORT"),
        ("HAVRE_MAIL_URL", "smtp://mail.example?from=havre@camp.example&tls=no", "smtps://"),
        ("HAVRE_MAIL_URL", "smtp://mail.example?from=havre@camp.example%0D%0ABcc:x@y", "smtps://"),
        ("HAVRE_DATABASE_URL", "mysql://somebody@db.example/camp", "postgresql://"),
        ("HAVRE_DATABASE_URL", "postgresql://db.example", "postgresql://"),
        ("HAVRE_DATABASE_URL", "postgresql://db.example/camp?nonsense=1", "postgresql://"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(
    said: dict[str, str], name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in ("fr", "en"):
        monkeypatch.setenv("HAVRE_LANG", language)
        with pytest.raises(EnvironmentRefused) as refused:
            Environment.read({**said, name: value})
        assert name in str(refused.value)
        assert "\n" not in str(refused.value)
    assert told in str(refused.value)


def test_a_secret_that_is_refused_is_not_told(said: dict[str, str]) -> None:
    for name, value in (
        ("HAVRE_SECRET_KEY", "hidden"),
        ("HAVRE_DATABASE_URL", "mysql://u:hidden@h/d"),
        ("HAVRE_MAIL_URL", "smtp://u:hidden@h"),
    ):
        with pytest.raises(EnvironmentRefused) as refused:
            Environment.read({**said, name: value})
        assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "port", "ssl", "starttls"),
    [
        ("smtps://u:p%40ss@mail.example?from=havre@camp.example", 465, True, False),
        ("smtp://u:p%40ss@mail.example?from=havre@camp.example", 587, False, True),
        ("smtp://u:p%40ss@localhost:2525/?from=havre@camp.example", 2525, False, False),
    ],
)
def test_mail_is_handed_over_encrypted_but_on_this_machine(
    said: dict[str, str], url: str, port: int, ssl: bool, starttls: bool
) -> None:
    assert Environment.read(said).mail_url is None
    read = Environment.read({**said, "HAVRE_MAIL_URL": url}).mail_url
    assert read is not None
    told = read.settings()
    assert (told["EMAIL_PORT"], told["EMAIL_USE_SSL"], told["EMAIL_USE_TLS"]) == (port, ssl, starttls)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("u", "p@ss")
    assert told["DEFAULT_FROM_EMAIL"] == "havre@camp.example"
    assert "p@ss" not in repr(read)


def test_said_twice_is_refused(said: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY)
    with pytest.raises(EnvironmentRefused, match="keep one"):
        Environment.read({**said, "HAVRE_SECRET_KEY": KEY, "HAVRE_SECRET_KEY_FILE": str(tmp_path / "key")})


def test_variables_of_tests_are_left_alone(said: dict[str, str]) -> None:
    assert Environment.read({**said, "HAVRE_TEST_WHEEL": "1", "HAVRE_LANG": "fr"})


@pytest.mark.parametrize("page", ["settings.md", "settings.fr.md"])
def test_every_setting_is_described_and_no_other(page: str) -> None:
    text = (ROOT / "docs" / "reference" / page).read_text("utf-8")
    described = set(re.findall(r"^\| `(HAVRE_[A-Z_]+)`", text, re.MULTILINE))
    fields = {f"HAVRE_{name.upper()}" for name in Environment.__dataclass_fields__}
    assert described == fields | {"HAVRE_LANG"}
    files = {"HAVRE_SECRET_KEY_FILE", "HAVRE_DATABASE_URL_FILE", "HAVRE_MAIL_URL_FILE"}
    assert files <= set(re.findall(r"`(HAVRE_\w+)`", text))


@pytest.mark.parametrize("name", Environment.__dataclass_fields__)
def test_every_setting_says_in_the_code_what_it_is_for(name: str) -> None:
    source = (ROOT / "src" / "havre" / "conf" / "environment.py").read_text("utf-8")
    assert re.search(rf'^    {name}: .*\n    """``HAVRE_{name.upper()}``', source, re.MULTILINE)
