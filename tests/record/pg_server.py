"""A PostgreSQL server of the tests' own, from the installed binaries."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from legalcheck.record.ledger import Ledger

_numbers = count()


class Server:
    """A PostgreSQL server in a folder of its own, reached through a Unix socket.

    It writes without waiting for the disk until `durable` is called: nearly all tests stop no machine.
    """

    def __init__(self) -> None:
        self._bin = _binaries()
        self._folder = Path(tempfile.mkdtemp(prefix="lc-pg-"))
        self._url = f"postgresql://postgres@/postgres?host={self._folder}"
        self._connection: psycopg.Connection[Any] | None = None
        self._template = ""
        self._user: dict[str, Any] = {}
        if os.getuid() == 0:  # the server refuses to run as root
            self._user = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self._folder, "postgres", "postgres")
        try:
            self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
            settings = f"-c listen_addresses='' -k {self._folder} -c max_connections=60 -c shared_buffers=32MB"
            self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", settings, "start")
            self.durable(False)
        except subprocess.CalledProcessError as error:
            log = self._folder / "log"
            told = log.read_text(errors="replace") if log.exists() else ""
            self.stop()
            pytest.fail(f"PostgreSQL does not start: {error.stderr}\n{told}")

    def empty(self) -> str:
        """The URL of a new schema: as good as a database of its own, and made in a hundredth of the time."""
        name = f"ledger{next(_numbers)}"
        self._sql(f"CREATE SCHEMA {name}")
        return f"{self._url}&options=-csearch_path%3D{name}"

    def migrated(self) -> str:
        """The URL of a new schema with the ledger's tables: copies of those that the migrations made once."""
        if not self._template:
            template = self.empty()
            Ledger(template, create=True, begin=False).close()
            self._template = template.rpartition("%3D")[2]
        url = self.empty()
        name = url.rpartition("%3D")[2]
        for table in ("events", "cases", "alembic_version"):
            self._sql(f"CREATE TABLE {name}.{table} (LIKE {self._template}.{table} INCLUDING ALL)")
        self._sql(f"INSERT INTO {name}.alembic_version SELECT * FROM {self._template}.alembic_version")
        self._sql(
            f"CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}.events "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self._template}.events_append_only()"
        )
        return url

    def drop(self, url: str) -> None:
        self._sql(f"DROP SCHEMA {url.rpartition('%3D')[2]} CASCADE")

    def durable(self, on: bool) -> None:
        """Whether commits wait for the disk, as they do by default."""
        self._sql(f"ALTER SYSTEM SET fsync = {'on' if on else 'off'}")
        self._sql("SELECT pg_reload_conf()")

    def stop(self) -> None:
        subprocess.run(
            [self._bin / "pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop"],
            cwd=self._folder, capture_output=True, check=False, **self._user,
        )  # fmt: skip
        shutil.rmtree(self._folder, ignore_errors=True)

    def _sql(self, statement: str) -> None:
        if self._connection is None:
            self._connection = psycopg.connect(self._url, autocommit=True)
        self._connection.execute(statement)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / program, *arguments],
            cwd=self._folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **self._user,
        )  # fmt: skip


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    path = shutil.which("pg_ctl") or (found[-1] if found else None)
    if path is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return Path(path).resolve().parent
