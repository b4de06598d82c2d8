"""A ledger of 100,000 drafts and 1,000,000 events, in SQLite and PostgreSQL: the gate, the overview, the verification.

    python benchmarks/record_scale.py [DRAFTS]

The events are made with right chains and put in as a block. `gate` is what deciding on one draft costs in a process of
its own, from the call to the answer, once the modules are imported: opening the ledger, verifying, the rules' digest.
PostgreSQL is started from the installed binaries, as the tests do.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "record"))

from office import MATERIALS, ROSTER, draft, finding, reported
from pg_server import Server
from sqlalchemy import text

from legalcheck.config import Config
from legalcheck.record.case import fold
from legalcheck.record.events import Event, Kind, NewEvent, chained
from legalcheck.record.gate import options
from legalcheck.record.ledger import FIELDS, Ledger
from legalcheck.record.registry import recorded
from legalcheck.record.status import overview
from legalcheck.record.summary import summary
from legalcheck.record.verify import Verification, verify
from legalcheck.rules.finding import Severity

BLOCK = 1000  # cases that go on side by side, so that their events mix
COLUMNS = ", ".join(f'"{name}"' for name in FIELDS)
RUNS = 15

# A process of its own: the gate's first answer, in milliseconds, after all imports.
ONCE = """
import sys, time
from pathlib import Path
import {driver}, sqlalchemy.dialects.{dialect}, legalcheck.config, legalcheck.record.gate as gate
from legalcheck.config import Config, Person
people = tuple(Person(name, unit, roles) for name, unit, roles in {people!r})
config = Config(people=people)
begin, used = time.perf_counter(), time.process_time()
decision = gate.gate(Path(sys.argv[2]), ledger=sys.argv[1], config=config)
print((time.perf_counter() - begin) * 1000, (time.process_time() - used) * 1000)
assert decision.open, decision
"""


def act(unit: str, role: str, **more: object) -> dict[str, object]:
    return {"unit": unit, "role": role, "account": "root"} | more


def step(name: str, unit: str, role: str, **more: object) -> dict[str, object]:
    return act(unit, role, step=name, note="情况说明", evidence=[]) | more


def history(today: date, data: bytes) -> list[tuple[Kind, str, str, dict[str, object]]]:
    """The ten events of a draft that passes the gate and the meeting: kind, state, person, body."""
    found = [finding(Severity.MAJOR, f"申请人应当缴纳第{n}项费用") for n in range(2)]
    report = reported(data, today, *found)
    given = [{"name": m.name, "file": m.file, "sha256": m.sha256} for m in MATERIALS]
    due = (today + timedelta(days=21)).isoformat()
    cleared = act("司法局", "审核", severity="major", reason="规则误报", basis=[]) | {"as": "mistaken"}
    reviewed = act("司法局", "审核") | recorded(report) | {"options": options(Config())}
    counsel = step("顾问意见", "律师事务所", "法律顾问")
    return [
        (Kind.STEP, "submitted", "起草甲", step("送审", "农业农村局", "起草", title="办法", evidence=given)),
        (Kind.STEP, "formal_check", "文书戊", step("形式审查", "政府办公室", "办公机构")),
        (Kind.STEP, "accepted", "审核乙", step("受理", "司法局", "审核", accepted=today.isoformat(), due=due)),
        (Kind.REVIEWED, "reviewing", "审核乙", reviewed),
        (Kind.STEP, "reviewing", "顾问丁", counsel),
        (Kind.CLEARED, "reviewing", "审核乙", cleared | {"finding": found[0].fingerprint}),
        (Kind.CLEARED, "reviewing", "审核乙", cleared | {"finding": found[1].fingerprint}),
        (Kind.STEP, "reviewing", "顾问丁", counsel),
        (Kind.OPINION, "gate_open", "负责丙", act("司法局", "审核负责人", conclusion="合法", number="", reason="")),
        (Kind.STEP, "deliberated", "文书戊", step("审议通过", "政府办公室", "办公机构")),
    ]  # fmt: skip


def made(drafts: int, chosen: bytes, now: datetime) -> Iterator[tuple[list[Event], list[dict[str, object]]]]:
    """Blocks of events and the rows that sum up their cases. A quarter of the drafts is still under review, a quarter
    waits for the meeting; the middle one is `chosen`."""
    plan = history(now.date(), chosen)
    begun = [now.date() - timedelta(days=n) for n in range(40)]  # reviews that are due on different days
    under_review = [*plan[:8], plan[7], plan[7]]
    waiting = [*plan[:5], plan[4], *plan[5:9]]
    moment = now - timedelta(hours=1)
    last = chained(NewEvent(Kind.LEDGER, "", "", "", {"name": "0" * 32}), "", moment, None, None)
    first = [last]
    for start in range(0, drafts, BLOCK):
        numbers = range(start, min(start + BLOCK, drafts))
        names = [hashlib.sha256(chosen if n == drafts // 2 else str(n).encode()).hexdigest() for n in numbers]
        own: list[list[Event]] = [[] for _ in numbers]
        events = first if start == 0 else []
        for place in range(10):
            for n, name, before in zip(numbers, names, own, strict=True):
                kind, state, by, body = (plan, under_review, waiting, plan)[n % 4][place]
                if "due" in body:
                    body = body | {"due": (begun[n % 40] + timedelta(days=21)).isoformat()}
                new = NewEvent(kind, name, state, by, body)
                last = chained(new, name, moment, last, before[-1] if before else None)
                before.append(last)
                events.append(last)
        yield events, [summary(fold(before)) for before in own]


def fill_sqlite(place: str) -> Callable[[list[Event], list[dict[str, object]]], None]:
    import sqlite3

    Ledger(place, create=True, begin=False).close()
    connection = sqlite3.connect(place, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    marks = ", ".join("?" * len(FIELDS))

    def put(events: list[Event], rows: list[dict[str, object]]) -> None:
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO events ({COLUMNS}) VALUES ({marks})", map(astuple, events))
        names = ", ".join(f'"{name}"' for name in rows[0])
        connection.executemany(
            f"INSERT INTO cases ({names}) VALUES ({', '.join('?' * len(rows[0]))})", [tuple(r.values()) for r in rows]
        )
        connection.execute("COMMIT")

    return put


def fill_postgres(place: str) -> Callable[[list[Event], list[dict[str, object]]], None]:
    import psycopg

    Ledger(place, create=True, begin=False).close()
    connection = psycopg.connect(place, autocommit=True)

    def put(events: list[Event], rows: list[dict[str, object]]) -> None:
        with connection.transaction():
            cursor = connection.cursor()
            for table, names, values in (
                ("events", COLUMNS, map(astuple, events)),
                ("cases", ", ".join(f'"{name}"' for name in rows[0]), (tuple(row.values()) for row in rows)),
            ):
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for value in values:
                        copy.write_row(value)

    return put


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of this process: the second tells more where others use the machine too."""
    begin, used = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - used) * 1000


def line(name: str, what: str, runs: Sequence[tuple[float, ...]], note: str = "") -> None:
    """The least of the runs."""
    wall, cpu = (min(column) for column in zip(*runs, strict=True))
    print(f"{name:10} {what:8} {wall:10.1f} ms   {cpu:10.1f} ms of its own processor time   {note}", flush=True)


def measure(name: str, place: str, path: Path, driver: str, dialect: str) -> None:
    people = [(person.name, person.unit, person.roles) for person in ROSTER]
    script = ONCE.format(driver=driver, dialect=dialect, people=people)
    command = [sys.executable, "-c", script, place, str(path)]
    said = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(RUNS)]
    line(name, "gate", [tuple(map(float, text.split())) for text in said])
    with Ledger(place) as ledger:
        today = datetime.now(UTC).date()
        for label, more in (("50 rows", {"limit": 50}), ("all on their way", {}), ("all", {"finished": True})):
            shown = len(overview(ledger, today, **more).rows)
            line(name, "status", [timed(lambda more=more: overview(ledger, today, **more)) for _ in range(5)],
                 f"{label} ({shown})")  # fmt: skip


def check(name: str, place: str) -> None:
    with Ledger(place) as ledger:
        found: list[Verification] = []
        line(name, "verify", [timed(lambda: found.append(verify(ledger)))], f"{found[0].count} events" if found else "")
        assert not found[0].problems, found[0].problems[:3]


def main(drafts: int = 100_000) -> None:
    chosen = draft()
    server = Server()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "draft.docx")
        path.write_bytes(chosen)
        try:
            places = {"SQLite": str(Path(folder, "ledger.db")), "PostgreSQL": server.empty()}
            puts = [fill_sqlite(places["SQLite"]), fill_postgres(places["PostgreSQL"])]
            begin = time.perf_counter()
            for events, rows in made(drafts, chosen, datetime.now(UTC)):
                for put in puts:
                    put(events, rows)
            print(f"{drafts} drafts made in {time.perf_counter() - begin:.0f} s", flush=True)
            with Ledger(places["PostgreSQL"]) as ledger, ledger.writing() as transaction:
                transaction.connection.execute(text("ANALYZE"))
                query = "SELECT pg_total_relation_size('events') + pg_total_relation_size('cases')"
                size = transaction.connection.execute(text(query)).scalar()
            print(
                f"size: SQLite {Path(places['SQLite']).stat().st_size / 2**20:.0f} MB, PostgreSQL {size / 2**20:.0f} MB"
            )
            measure("SQLite", places["SQLite"], path, "sqlite3", "sqlite")
            measure("PostgreSQL", places["PostgreSQL"], path, "psycopg", "postgresql.psycopg")
            for name, place in places.items():
                check(name, place)
        finally:
            server.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
