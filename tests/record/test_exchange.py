"""The ledger as JSON Lines, out and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from office import Office, draft, finding
from sqlalchemy import select

from legalcheck.errors import LedgerError
from legalcheck.record.exchange import export, restore
from legalcheck.record.ledger import Ledger
from legalcheck.record.schema import cases

DRAFT = draft()


@pytest.fixture
def lines(office: Office) -> list[str]:
    office.pass_(DRAFT, finding())
    office.submit(draft("市公安机关负责养犬管理工作。"))
    return list(export(office.ledger))


def rows(ledger: Ledger) -> list[tuple[object, ...]]:
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*cases.columns).order_by(cases.c.case))]


def test_a_ledger_comes_back_as_it_was(office: Office, lines: list[str], tmp_path: Path) -> None:
    place = str(tmp_path / "copy.db")
    assert restore(place, lines) == len(lines)
    with Ledger(place) as copy:
        assert list(export(copy)) == lines
        assert rows(copy) == rows(office.ledger)
        assert copy.id == office.ledger.id
        there = Office(copy, office.clock)
        assert there.problems() == []
        assert there.gate(DRAFT).open
        there.step("审议通过", DRAFT, "文书戊", note="第3次常务会议")


def test_a_ledger_goes_from_a_file_into_any_database(empty: str, tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "from.db"), create=True) as source:
        lines = list(export(source))
    assert restore(empty, lines) == 1
    with Ledger(empty) as copy:
        assert list(export(copy)) == lines


def test_a_line_is_one_json_object_with_the_events_fields(office: Office, lines: list[str]) -> None:
    assert [json.loads(line) for line in lines] == [asdict(event) for event in office.ledger.all_events()]
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)


def edited(lines: list[str], number: int, **fields: object) -> list[str]:
    changed = json.loads(lines[number]) | fields
    return [*lines[:number], json.dumps(changed) + "\n", *lines[number + 1 :]]


BAD: dict[str, Callable[[list[str]], list[str]]] = {
    "no json": lambda lines: [*lines[:2], "{\n", *lines[3:]],
    "an empty line": lambda lines: [*lines, "\n"],
    "no event": lambda lines: [*lines, '{"seq": 1}\n'],
    "an unknown field": lambda lines: edited(lines, 3, comment="x"),
    "a wrong type": lambda lines: edited(lines, 3, seq="3"),
    "a number beyond all databases": lambda lines: edited(lines, 3, seq=10**30),
    "a line twice": lambda lines: [*lines, lines[-1]],
    "two lines exchanged": lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
    "a line left out": lambda lines: [*lines[:2], *lines[3:]],
    "the beginning left out": lambda lines: lines[1:],
    "nothing at all": lambda _: [],
    "an edited field": lambda lines: edited(lines, 3, by="影子"),
    "an edited body": lambda lines: edited(lines, 3, body="{}"),
    "a body that is no json": lambda lines: edited(lines, 3, body="x"),
    "a nul character": lambda lines: edited(lines, 3, by="a\0b"),
    "half a character": lambda lines: edited(lines, 3, by="\ud800"),
}


@pytest.mark.parametrize("how", BAD)
def test_a_file_that_does_not_hold_leaves_nothing_behind(
    lines: list[str], database: str, request: pytest.FixtureRequest, tmp_path: Path, how: str
) -> None:
    if database == "sqlite":
        with pytest.raises(LedgerError):
            restore(str(tmp_path / "new.db"), BAD[how](lines))
        assert not list(tmp_path.glob("new.db*"))
        return
    place = request.getfixturevalue("server").empty()
    with pytest.raises(LedgerError):
        restore(place, BAD[how](lines))
    with Ledger(place) as ledger:
        assert list(ledger.all_events()) == []
    assert restore(place, lines) == len(lines)


def test_the_error_names_the_line(lines: list[str], tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="第 3 行不是台账的记录"):
        restore(str(tmp_path / "new.db"), BAD["no json"](lines))
    with pytest.raises(LedgerError, match=f"第 {len(lines) + 1} 行与前面的记录重复"):
        restore(str(tmp_path / "new.db"), BAD["a line twice"](lines))


def test_a_file_that_cannot_be_read_to_its_end_leaves_nothing_behind(lines: list[str], tmp_path: Path) -> None:
    file = tmp_path / "new.jsonl"
    file.write_bytes("".join(lines).encode() + b"\xff\n")
    with pytest.raises(LedgerError), file.open(encoding="utf-8") as opened:
        restore(str(tmp_path / "new.db"), opened)
    assert [path.name for path in tmp_path.glob("new*")] == ["new.jsonl"]


def test_the_tail_cut_off_is_another_shorter_ledger(lines: list[str], tmp_path: Path) -> None:
    """Nothing in a file can tell that its end is missing: for that one keeps the head that `verify` gives."""
    assert restore(str(tmp_path / "new.db"), lines[:-1]) == len(lines) - 1


def test_nothing_is_imported_over_a_ledger(office: Office, lines: list[str], place: str) -> None:
    with pytest.raises(LedgerError, match="已有记录"):
        restore(place, lines)
    assert list(export(office.ledger)) == lines
