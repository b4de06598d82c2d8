"""Writers that are killed, and writers that write at once."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pytest
from killing import surviving
from office import Office, draft, finding, sha
from processes import Process

from legalcheck.config import Config, Person
from legalcheck.errors import LedgerError
from legalcheck.record.case import Disposal
from legalcheck.record.ledger import Ledger
from legalcheck.record.registry import Decision, Registry
from legalcheck.rules.finding import Severity

DRAFT = draft()
RUNS = 40  # on each database; benchmarks/record_kill.py makes 200
PROCESSES = 16


@pytest.fixture
def durable(database: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """A server that waits for the disk, as it does outside the tests."""
    if database == "postgresql":
        request.getfixturevalue("server").durable(True)
        yield
        request.getfixturevalue("server").durable(False)
    else:
        yield


@pytest.mark.usefixtures("durable")
def test_a_killed_writer_loses_no_acknowledged_event_and_leaves_no_half_one(office: Office, place: str) -> None:
    office.under_review(DRAFT)
    assert surviving(place, sha(DRAFT), RUNS) >= RUNS // 2
    office.clock.moment = office.ledger.events(sha(DRAFT))[-1].moment
    assert office.step("征询论证", DRAFT, "审核乙", note="仍可办理").last is not None


def together(count: int, work: Callable[[int, Callable[[str], None]], None]) -> list[list[str]]:
    """Let so many processes do their work at the same moment; what each of them said."""
    gate, opener = os.pipe()

    def one(number: int) -> Process:
        def wait_and_work(say: Callable[[str], None]) -> None:
            os.close(opener)
            os.read(gate, 1)  # returns when the parent closes the other end
            work(number, say)

        return Process.start(wait_and_work)

    running = [one(number) for number in range(count)]
    os.close(opener)
    os.close(gate)
    return [process.finish() for process in running]


def clear_each(office: Office, place: str, by: str, references: Sequence[str], say: Callable[[str], None]) -> None:
    with Ledger(place) as ledger:
        registry = Registry(ledger, Config(people=(Person(by, "司法局", ("审核",)),)), office.clock.today)
        for reference in references:
            try:
                registry.clear(sha(DRAFT), [Decision(reference, Disposal.MISTAKEN, "误报")], by)
            except LedgerError as error:
                assert "已由" in str(error)  # noqa: PT017 - any other error is a defect
            else:
                say(reference)


def test_sixteen_processes_clear_at_once_and_each_finding_is_cleared_once(office: Office, place: str) -> None:
    found = [finding(Severity.MAJOR, f"申请人应当缴纳第{n}项费用") for n in range(24)]
    office.under_review(DRAFT, *found)
    before = len(office.ledger.events(sha(DRAFT)))
    references = [one.fingerprint[:12] for one in found]
    said = together(
        PROCESSES,  # each begins elsewhere in the list, so that they meet in every order
        lambda n, say: clear_each(office, place, f"审核{n}", [*references[n:], *references[:n]], say),
    )
    assert Counter(reference for lines in said for reference in lines) == Counter(references)
    events = office.ledger.events(sha(DRAFT))[before:]
    by = {json.loads(event.body)["finding"][:12]: event.by for event in events}
    assert by == {reference: f"审核{n}" for n, lines in enumerate(said) for reference in lines}
    assert len(events) == len(found)
    assert office.problems() == []


def test_sixteen_processes_submit_at_once_and_no_event_is_lost(place: str, office: Office) -> None:
    names = [f"{number:064x}" for number in range(PROCESSES * 4)]

    def submit(number: int, say: Callable[[str], None]) -> None:
        from legalcheck.record.registry import Submission

        with Ledger(place) as ledger:
            registry = Registry(ledger, office.config, office.clock.today)
            for name in names[number * 4 : number * 4 + 4]:
                registry.step("送审", Submission(name, "办法"), "起草甲")

    together(PROCESSES, submit)
    assert sorted(event.draft for event in office.ledger.all_events())[1:] == names
    assert office.problems() == []


def test_sixteen_processes_make_one_ledger(empty: str) -> None:
    def make(_: int, say: Callable[[str], None]) -> None:
        with Ledger(empty, create=True) as ledger:
            say(ledger.id)

    said = together(PROCESSES, make)
    with Ledger(empty) as ledger:
        assert said == [[ledger.id]] * PROCESSES
        assert len(list(ledger.all_events())) == 1
