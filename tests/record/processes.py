"""Processes of one's own: forked, since what is tested is the ledger and not the import of Python modules."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Process:
    """A child that runs `work(say)`; `say` writes a line to the parent, in one piece."""

    pid: int
    pipe: int
    heard: bytes = b""

    @classmethod
    def start(cls, work: Callable[[Callable[[str], None]], None]) -> Process:
        reader, writer = os.pipe()
        pid = os.fork()
        if pid:
            os.close(writer)
            return cls(pid, reader)
        status = 1
        try:
            os.close(reader)
            work(lambda line: os.write(writer, f"{line}\n".encode()) and None)
            status = 0
        except BaseException:  # whatever it is, no child may go on as a second pytest
            os.write(writer, f"!{traceback.format_exc()}".encode())
        finally:
            os._exit(status)

    def hear(self) -> None:
        """Wait until it has said something, or has ended."""
        self.heard += os.read(self.pipe, 1 << 16)

    def kill(self) -> None:
        os.kill(self.pid, 9)

    def finish(self) -> list[str]:
        """Wait for its end; the whole lines that it said. Fails with its traceback where it ended with one."""
        with os.fdopen(self.pipe, "rb") as file:
            said = (self.heard + file.read()).decode()
        os.waitpid(self.pid, 0)
        assert "!Traceback" not in said, said
        return [line.rstrip("\n") for line in said.splitlines(keepends=True) if line.endswith("\n")]
