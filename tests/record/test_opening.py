"""Opening a ledger: making, finding, migrating it, and what is none."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from legalcheck.errors import LedgerError
from legalcheck.record.ledger import REVISION, Ledger, locate
from legalcheck.record.schema import metadata
from legalcheck.record.verify import verify


def test_a_new_ledger_is_migrated_and_begins_with_its_name(empty: str) -> None:
    with Ledger(empty, create=True) as ledger:
        (first,) = ledger.all_events()
        assert (first.seq, first.kind, first.case) == (0, "ledger", "")
        assert ledger.id == first.digest[:16]
        assert verify(ledger).problems == []


def test_two_ledgers_have_two_names(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "a.db"), create=True) as one, Ledger(str(tmp_path / "b.db"), create=True) as two:
        assert one.id != two.id


def test_the_migrations_make_the_tables_that_the_schema_says(empty: str) -> None:
    with Ledger(empty, create=True) as ledger, ledger.reading() as connection:
        found = inspect(connection)
        for table in metadata.tables.values():
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= indexes
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == REVISION


def test_reading_makes_no_ledger(empty: str) -> None:
    with pytest.raises(LedgerError, match=r"找不到台账|不是 legalcheck 的台账"):
        Ledger(empty)
    assert "://" in empty or not Path(empty).exists()


def test_opening_twice_changes_nothing(empty: str) -> None:
    with Ledger(empty, create=True) as one:
        name = one.id
    with Ledger(empty, create=True) as two:
        assert (two.id, len(list(two.all_events()))) == (name, 1)


def test_a_ledger_of_a_newer_legalcheck_is_refused(empty: str) -> None:
    with Ledger(empty, create=True) as ledger, ledger.writing() as transaction:
        transaction.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for create in (False, True):
        with pytest.raises(LedgerError, match="请升级 legalcheck"):
            Ledger(empty, create=create)


def test_folders_that_are_not_there_are_made(tmp_path: Path) -> None:
    place = tmp_path / ".legalcheck" / "a" / "ledger.db"
    with Ledger(str(place), create=True):
        assert place.is_file()


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_is_no_ledger(tmp_path: Path, create: bool) -> None:
    with pytest.raises(LedgerError, match="是文件夹"):
        Ledger(str(tmp_path), create=create)


@pytest.mark.parametrize("content", [b"no ledger" * 200, b"SQLite format 3\0" + b"\xff" * 5000, b"PK\x03\x04" * 50])
def test_a_file_of_another_kind_is_no_ledger_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(LedgerError):
            Ledger(str(path), create=create)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE events (x)")
    with pytest.raises(LedgerError, match="不是 legalcheck 的台账"):
        Ledger(str(path))


def test_an_empty_file_is_no_ledger_but_may_become_one(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch()
    with pytest.raises(LedgerError, match="不是 legalcheck 的台账"):
        Ledger(str(path))
    with Ledger(str(path), create=True) as ledger:
        assert verify(ledger).problems == []


@pytest.mark.parametrize("size", [100, 4096, 5000, 20000])
def test_a_file_that_was_cut_off_gives_a_sentence(tmp_path: Path, size: int) -> None:
    path = tmp_path / "ledger.db"
    Ledger(str(path), create=True).close()
    os.truncate(path, size)
    try:
        with Ledger(str(path)) as ledger:
            assert verify(ledger).problems
    except LedgerError as error:
        assert str(error).endswith("。")  # noqa: PT017 - either answer will do


@pytest.mark.parametrize(
    ("place", "because"),
    [
        ("mysql://x/y", "不支持 mysql|驱动程序"),
        ("://", "无法解读"),
        ("postgresql://127.0.0.1:1/none?connect_timeout=2", "无法读写"),
        ("oracle+nothing://x", "不支持"),
        ("a\0b.db", "无法"),
    ],
)
def test_an_address_that_leads_nowhere_gives_a_sentence(place: str, because: str) -> None:
    with pytest.raises(LedgerError, match=because):
        Ledger(place, create=True)


def test_a_password_is_not_shown() -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger("postgresql://clerk:geheim@127.0.0.1:1/none?connect_timeout=2")
    assert "geheim" not in str(caught.value)


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="changes the user to one without rights")
def test_a_folder_that_may_not_be_written_gives_a_sentence() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "ledger.db")
        Ledger(str(path), create=True).close()
        os.seteuid(65534)
        try:
            with pytest.raises(LedgerError, match=r"不能写入|无法"), Ledger(str(path)) as ledger, ledger.writing():
                pass
            with pytest.raises(LedgerError):
                Ledger(str(Path(folder, "new.db")), create=True)
            with pytest.raises(LedgerError):
                Ledger(str(Path(folder, "a", "new.db")), create=True)
        finally:
            os.seteuid(0)
        assert sorted(path.name for path in Path(folder).iterdir()) == ["ledger.db"]


def test_the_place_is_the_one_given_else_of_the_environment_else_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LEGALCHECK_LEDGER", raising=False)
    assert locate() == str(Path(".legalcheck") / "ledger.db")
    assert locate("", "c") == "c"
    monkeypatch.setenv("LEGALCHECK_LEDGER", "b")
    assert locate("", "c") == "b"
    assert locate("a", "c") == "a"


def test_an_event_that_json_cannot_say_is_refused(empty: str) -> None:
    from legalcheck.record.events import Kind, NewEvent

    with Ledger(empty, create=True) as ledger:
        with pytest.raises(LedgerError, match="无法记入"), ledger.writing() as transaction:
            transaction.append("x", NewEvent(Kind.STEP, "x", "submitted", "甲", {"value": object()}))
        assert len(list(ledger.all_events())) == 1
