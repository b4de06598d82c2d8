"""Killing a writer at random moments, and what must then hold."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from processes import Process

from legalcheck.record.events import Kind, NewEvent
from legalcheck.record.ledger import Ledger
from legalcheck.record.verify import verify

ACT = {"unit": "司法局", "role": "审核", "account": "root", "note": "x" * 2000, "evidence": []}
LONGEST = 0.05  # seconds


def write(place: str, case: str, say: Callable[[str], None]) -> None:
    """Append for ever, two events a transaction, so that half of one can be told; after each commit say the last."""
    new = [
        NewEvent(Kind.STEP, case, "consulting", "审核乙", ACT | {"step": "征询论证"}),
        NewEvent(Kind.STEP, case, "reviewing", "审核乙", ACT | {"step": "征询回复"}),
    ]
    with Ledger(place) as ledger:
        while True:
            with ledger.writing() as transaction:
                last = transaction.append(case, *new)[-1]
            say(f"{last.number} {last.digest}")


def surviving(place: str, case: str, runs: int, seed: int = 0) -> int:
    """Kill `runs` writers on one ledger in turn; check after each; return how many transactions were acknowledged."""
    dice = random.Random(seed)
    acknowledged: dict[int, str] = {}
    for run in range(runs):
        process = Process.start(lambda say: write(place, case, say))
        if run % 2:  # every other one in the midst of writing, however long a loaded machine takes to connect
            process.hear()
        time.sleep(dice.uniform(0, LONGEST))
        process.kill()
        for number, digest in (line.split() for line in process.finish()):
            acknowledged[int(number)] = digest
        with Ledger(place) as ledger:
            own = ledger.events(case)
        stored = {event.number: event.digest for event in own}
        lost = [number for number, digest in acknowledged.items() if stored.get(number) != digest]
        assert not lost, f"acknowledged events lost: {lost}"
        assert own[-1].state == "reviewing", "half a transaction was kept"
    with Ledger(place) as ledger:
        assert verify(ledger).problems == []
    return len(acknowledged)
