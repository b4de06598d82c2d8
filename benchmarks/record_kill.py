"""Writers killed (SIGKILL) at random moments, on SQLite and on PostgreSQL with its usual waiting for the disk.

    python benchmarks/record_kill.py [RUNS]

A writer says on a pipe what it has committed; after each kill every event it said must be there, none by half. The
chain is verified at the end.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "record"))

from killing import surviving
from office import Clock, Office, draft, sha
from pg_server import Server

from legalcheck.record.ledger import Ledger, now

DRAFT = draft()


def measure(name: str, place: str, runs: int) -> None:
    clock = Clock()
    clock.moment = now()
    with Ledger(place, create=True, clock=clock) as ledger:
        Office(ledger, clock).under_review(DRAFT)
    acknowledged = surviving(place, sha(DRAFT), runs, seed=1)
    with Ledger(place) as ledger:
        kept = (len(ledger.events(sha(DRAFT))) - 3) // 2
    print(
        f"{name:10} {runs} writers killed: {acknowledged} transactions acknowledged, {kept} kept, none lost", flush=True
    )


def main(runs: int = 200) -> None:
    server = Server()
    try:
        server.durable(True)
        with tempfile.TemporaryDirectory() as folder:
            measure("SQLite", str(Path(folder, "ledger.db")), runs)
        measure("PostgreSQL", server.empty(), runs)
    finally:
        server.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
