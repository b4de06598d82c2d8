"""The process of a command line: the console script ``legalcheck`` and ``python -m legalcheck``."""

import gc
import os
import sys


def main() -> int:
    """Run the command line of this process, which ends afterwards."""
    # A review makes many values that stay and little garbage: looking for it as often as usual takes long.
    gc.set_threshold(100_000, 50, 50)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    from .cli import run

    code = run()
    threads = sys.modules.get("threading")
    if "multiprocessing.util" not in sys.modules and (threads is None or threads.active_count() == 1):
        _end(code)
    return code


def _end(code: int) -> None:
    """End the process at once: Python would first take down all modules and values, for which nobody waits."""
    import atexit

    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
