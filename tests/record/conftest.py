"""Ledgers in SQLite and in a PostgreSQL server of the tests' own, and an office that works with them."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Clock, Office
from pg_server import Server

from legalcheck.record.ledger import Ledger


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    # a run that is told to end must not leave the server behind
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("terminated", 143))
    started = Server()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    Ledger(str(path), create=True, begin=False).close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Where files are: in memory where that can be, as nearly all tests stop no machine; `durable` asks for a disk."""
    memory = Path("/dev/shm")
    if "durable" in request.fixturenames or not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="lc-", dir=memory) as name:
        yield Path(name)


@pytest.fixture
def empty(database: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where nothing is yet: a file that is not there, a schema without tables."""
    if database == "sqlite":
        yield str(folder / "ledger.db")
        return
    server: Server = request.getfixturevalue("server")
    url = server.empty()
    yield url
    server.drop(url)


@pytest.fixture
def place(database: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where a ledger's tables are, without events."""
    if database == "sqlite":
        yield shutil.copy(request.getfixturevalue("_template"), str(folder / "ledger.db"))
        return
    server: Server = request.getfixturevalue("server")
    url = server.migrated()
    yield url
    server.drop(url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(place: str, clock: Clock) -> Iterator[Ledger]:
    with Ledger(place, create=True, clock=clock) as opened:
        yield opened


@pytest.fixture
def office(ledger: Ledger, clock: Clock) -> Office:
    return Office(ledger, clock)
