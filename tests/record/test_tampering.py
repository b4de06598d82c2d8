"""Whatever is changed in a ledger behind its back is reported by `verify` and shuts the gate."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Clock, Office, draft, finding, sha, tamper
from sqlalchemy import Connection, text

from legalcheck.errors import LedgerError
from legalcheck.record import verify as verification
from legalcheck.record.events import Event, digest
from legalcheck.record.ledger import FIELDS, Ledger
from legalcheck.record.verify import Verification, check, trusted, verify

DRAFT = draft()
OTHER = draft("市公安机关负责养犬管理工作。")
BLOCKING = finding()
SEED = 20261123


@pytest.fixture
def passed(office: Office) -> Office:
    """A ledger with two drafts whose gates are open."""
    office.pass_(DRAFT, BLOCKING)
    office.pass_(OTHER)
    return office


class UndoneError(Exception):
    """Raised to roll a transaction back."""


@contextmanager
def scratch(ledger: Ledger) -> Iterator[Connection]:
    """A transaction in which triggers are gone, and of which nothing is kept."""
    tamper(ledger, "UPDATE cases SET number = number")
    with suppress(UndoneError), ledger.writing() as transaction:
        yield transaction.connection
        raise UndoneError


def changed(value: int | str, place: int) -> int | str:
    """The value with one bit of one character (or of the number) changed."""
    if isinstance(value, int):
        return value ^ (32 << place % 25)  # the database itself refuses the numbers of other events
    place %= len(value)
    return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]


def closed(connection: Connection) -> bool:
    """Whether the gate would not trust the first draft's record."""
    try:
        return bool(trusted(connection, sha(DRAFT))[2])
    except LedgerError:
        return True


def set_column(connection: Connection, column: str, seq: int, value: object) -> None:
    connection.execute(text(f'UPDATE events SET "{column}" = :value WHERE seq = :seq'), {"value": value, "seq": seq})


def test_every_single_changed_character_of_an_event_is_reported_and_shuts_the_gate(passed: Office) -> None:
    (event,) = [event for event in passed.ledger.events(sha(DRAFT)) if event.kind == "cleared"]
    missed = []
    with scratch(passed.ledger) as connection:
        for column in FIELDS:
            value = getattr(event, column)
            for place in range(20 if isinstance(value, int) else len(value)):
                new = changed(value, place)
                set_column(connection, column, event.seq, new)
                result = Verification()
                check(connection, result)
                shut = closed(connection)
                if not (result.problems and shut):
                    missed.append((column, place))
                seq = new if column == "seq" else event.seq
                set_column(connection, column, int(seq), value)
    assert missed == []
    assert passed.problems() == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_single_change_of_any_event_is_reported_and_shuts_the_gate(passed: Office, data: st.DataObject) -> None:
    stored = list(passed.ledger.all_events())
    event = data.draw(st.sampled_from(stored))
    column = data.draw(st.sampled_from([name for name in FIELDS if getattr(event, name) != ""]))
    value = getattr(event, column)
    if isinstance(value, int):
        new: int | str = data.draw(st.integers(-(2**31), 2**31 - 1).filter(lambda number: number != value))
    else:
        place = data.draw(st.integers(0, len(value) - 1))
        letter = data.draw(st.characters(min_codepoint=1, exclude_categories=["Cs"]))
        new = value[:place] + letter + value[place + 1 :]
        if len(new) > {"state": 16, "kind": 16, "at": 32, "by": 99}.get(column, 64) and column != "body":
            return
    try:
        passed.tamper(f'UPDATE events SET "{column}" = :new WHERE seq = :seq', new=new, seq=event.seq)
    except LedgerError:
        return  # the database itself refuses two events of one number
    if new != value:
        assert passed.problems()
        assert not passed.gate(DRAFT).open
        assert not passed.gate(OTHER).open
    seq = new if column == "seq" else event.seq
    passed.tamper(f'UPDATE events SET "{column}" = :value WHERE seq = :seq', value=value, seq=seq)
    assert passed.problems() == []


@pytest.mark.parametrize(
    "column", ["title", "unit", "state", "draft", "accepted", "due", "blocking", "number", "digest"]
)
def test_a_changed_summary_is_reported(passed: Office, column: str) -> None:
    value = {"blocking": 7, "number": 99}.get(column, "x")
    passed.tamper(f'UPDATE cases SET "{column}" = :value WHERE "case" = :case', value=value, case=sha(DRAFT))
    assert any("汇总与记录不符" in problem for problem in passed.problems())


def test_a_summary_without_events_is_reported(passed: Office) -> None:
    passed.tamper('UPDATE cases SET "case" = \'x\' WHERE "case" = :case', case=sha(DRAFT))
    assert any("只有汇总" in problem for problem in passed.problems())


def test_the_database_itself_refuses_to_change_or_delete_events(passed: Office) -> None:
    for statement in ("UPDATE events SET state = 'filed'", "DELETE FROM events"):
        with pytest.raises(LedgerError, match="只能追加"), passed.ledger.writing() as transaction:
            transaction.connection.execute(text(statement))
    assert passed.problems() == []


def insert(office: Office, event: Event) -> None:
    values = asdict(event)
    names = ", ".join(f'"{name}"' for name in values)
    office.tamper(f"INSERT INTO events ({names}) VALUES ({', '.join(f':{name}' for name in values)})", **values)


def made(event: Event, **changes: object) -> Event:
    """The event with changes and the digest that then is right."""
    fields = asdict(event) | changes
    del fields["digest"]
    return Event(**fields, digest=digest(*fields.values()))


def delete_one(office: Office) -> None:
    office.tamper('DELETE FROM events WHERE "case" = :case AND number = 2', case=sha(DRAFT))


def delete_the_beginning(office: Office) -> None:
    office.tamper("DELETE FROM events WHERE seq = 0")


def cut_the_tail(office: Office) -> None:
    office.tamper("DELETE FROM events WHERE seq >= (SELECT max(number) FROM events)")


def insert_at_the_end(office: Office) -> None:
    last = list(office.ledger.all_events())[-1]
    insert(office, made(last, seq=last.seq + 1, number=last.number + 1, prev=last.digest, case_prev="0" * 64))


def insert_in_the_middle(office: Office) -> None:
    own = office.ledger.events(sha(DRAFT))
    office.tamper("UPDATE events SET seq = seq + 1000 WHERE seq > :seq", seq=own[1].seq)
    office.tamper("UPDATE events SET seq = seq - 999 WHERE seq > 1000")
    insert(office, made(own[1], seq=own[1].seq + 1, number=77, prev=own[1].digest, case_prev=own[1].digest))


def swap_two(office: Office) -> None:
    for old, new in ((2, 1002), (3, 2), (1002, 3)):
        office.tamper("UPDATE events SET seq = :new WHERE seq = :old", old=old, new=new)


def swap_the_drafts(office: Office) -> None:
    for old, new in ((sha(DRAFT), "x"), (sha(OTHER), sha(DRAFT)), ("x", sha(OTHER))):
        office.tamper('UPDATE events SET "case" = :new WHERE "case" = :old', old=old, new=new)


def make_one_digest_right(office: Office) -> None:
    event = office.ledger.events(sha(DRAFT))[3]
    new = made(event, body=event.body.replace("mistaken", "lawful"))
    office.tamper("UPDATE events SET body = :body, digest = :digest WHERE seq = :seq",
                  body=new.body, digest=new.digest, seq=event.seq)  # fmt: skip


def make_all_digests_of_one_draft_right(office: Office) -> None:
    before: Event | None = None
    for event in office.ledger.events(sha(DRAFT)):
        new = made(event, by="影子", **({"prev": before.digest, "case_prev": before.digest} if before else {}))
        office.tamper('UPDATE events SET "by" = :by, prev = :prev, case_prev = :case_prev, digest = :digest '
                      "WHERE seq = :seq", by=new.by, prev=new.prev, case_prev=new.case_prev, digest=new.digest,
                      seq=new.seq)  # fmt: skip
        before = new
    assert before
    office.tamper('UPDATE cases SET digest = :digest WHERE "case" = :case', digest=before.digest, case=sha(DRAFT))


TAMPERINGS = (
    delete_one, delete_the_beginning, cut_the_tail, insert_at_the_end, insert_in_the_middle, swap_two, swap_the_drafts,
    make_one_digest_right, make_all_digests_of_one_draft_right,
)  # fmt: skip


@pytest.mark.parametrize("how", TAMPERINGS, ids=lambda how: how.__name__)
def test_tampering_is_reported_and_shuts_the_gate(passed: Office, how: Callable[[Office], None]) -> None:
    how(passed)
    assert passed.problems()
    assert not passed.gate(DRAFT).open


@pytest.mark.parametrize(
    "how",
    [delete_one, cut_the_tail, insert_at_the_end, swap_two, swap_the_drafts, make_one_digest_right,
     make_all_digests_of_one_draft_right],
    ids=lambda how: how.__name__,
)  # fmt: skip
def test_so_it_is_in_a_ledger_too_large_to_be_verified_at_the_gate(
    passed: Office, how: Callable[[Office], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "WHOLE", 3)
    monkeypatch.setattr(verification, "WINDOW", 3)
    assert passed.gate(DRAFT).open
    how(passed)
    assert passed.problems()
    at_the_end = how in (cut_the_tail, insert_at_the_end)  # where the other draft's events are
    assert not passed.gate(OTHER if at_the_end else DRAFT).open


def test_values_of_the_wrong_type_are_reported_and_end_no_run_with_a_traceback(folder: Path, clock: Clock) -> None:
    with Ledger(str(folder / "ledger.db"), create=True, clock=clock) as ledger:
        office = Office(ledger, clock)
        office.pass_(DRAFT, BLOCKING)
        event = office.ledger.events(sha(DRAFT))[2]
        for column in FIELDS:  # SQLite keeps whatever it is given
            statement = f'UPDATE events SET "{column}" = :value WHERE rowid = {event.seq + 1}'
            for value in (b"\xff\xfe", 2.5, "", "x", -1, 2**62):
                office.tamper(statement, value=value)
                assert office.problems(), (column, value)
                assert not office.gate(DRAFT).open, (column, value)
            office.tamper(statement, value=getattr(event, column))
        assert office.problems() == []


def test_a_flipped_byte_of_the_file_opens_no_gate_to_changed_content(folder: Path, clock: Clock) -> None:
    whole = folder / "whole.db"
    with Ledger(str(whole), create=True, clock=clock) as ledger:
        office = Office(ledger, clock)
        office.under_review(OTHER, BLOCKING)
        office.pass_(DRAFT, BLOCKING)
        stored, size = list(ledger.all_events()), 0
    data = whole.read_bytes()
    size = len(data)
    dice = random.Random(SEED)
    places = [*range(0, 100, 9), *(dice.randrange(size) for _ in range(60))]
    reported = 0
    for place in places:
        broken = bytearray(data)
        broken[place] ^= 1 << dice.randrange(8)
        copy = folder / "copy.db"
        for leftover in folder.glob("copy.db*"):
            leftover.unlink()
        copy.write_bytes(broken)
        try:
            with Ledger(str(copy), clock=clock) as ledger:
                office = Office(ledger, clock)
                problems = office.problems()
                opened = office.gate(DRAFT).open
                wrong = office.gate(OTHER).open
                now = list(ledger.all_events())
        except LedgerError:
            reported += 1
            continue
        reported += bool(problems)
        assert not wrong, place
        if now != stored:
            assert problems, place
            assert not opened, place
    assert reported > len(places) / 20


def test_a_sound_ledger_verifies(passed: Office) -> None:
    result = verify(passed.ledger)
    events = list(passed.ledger.all_events())
    assert result == Verification(len(events), events[-1].digest, passed.ledger.id, [])
