"""Workers on a Ray cluster: the same work in Ray tasks, one core each.

Ray itself does not try again (`max_retries=0`): what is lost with a worker or a node is told and tried again by
`dispatch`, as with a pool, so that a document that kills its worker cannot go round for ever.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..errors import LegalcheckError, SweepError, UsageError
from .settings import Settings
from .work import Reply, Task, Work, review_batch, tidily

PATIENCE = 10.0  # seconds
DEPTH = 2  # batches for each core: one under way, one waiting


class Cluster:
    """The Ray cluster at `address` ("auto", "10.0.0.1:6379", "ray://…"), one of this machine where it is None.

    legalcheck of the same version must be installed on every node, and see the documents under the same paths.
    """

    def __init__(
        self, settings: Settings, address: str | None = None, jobs: int | None = None, work: Work = review_batch
    ) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # legalcheck reports to nobody
        try:
            import ray
        except ImportError:
            raise UsageError("--engine ray 需要 Ray，请先运行 pip install 'legalcheck[ray]'。") from None
        self._ray = ray
        self._own = not ray.is_initialized()
        if self._own:
            _check_reachable(address)
            own_machine: dict[str, Any] = {"num_cpus": jobs, "include_dashboard": False} if address is None else {}
            try:
                ray.init(address=address or "local", log_to_driver=False, logging_level="ERROR", **own_machine)
            except Exception as error:  # Ray raises errors of many kinds here
                raise SweepError(f"无法连接 Ray 集群 {address or '（本机）'}（{_line(error)}），请检查地址。") from None
        self._tidily = ray.remote(num_cpus=1, max_retries=0)(tidily)
        self._work = work
        self._settings = ray.put(settings)
        self._jobs = jobs
        self._batches: dict[Any, tuple[Task, ...]] = {}

    @property
    def width(self) -> int:
        """As many as the cluster has cores just now: nodes come and go."""
        cores = int(self._ray.cluster_resources().get("CPU", 1))
        return max(1, min(cores, self._jobs or cores)) * DEPTH

    def submit(self, batch: tuple[Task, ...]) -> None:
        """See `Engine.submit`."""
        self._batches[self._tidily.remote(self._work, self._settings, batch)] = batch

    def finished(self) -> Iterable[tuple[tuple[Task, ...], Reply | None]]:
        """See `Engine.finished`."""
        ready, _ = self._ray.wait(list(self._batches), num_returns=1)
        return [(self._batches.pop(one), self._reply(one)) for one in ready]

    def _reply(self, reference: Any) -> Reply | None:
        try:
            reply: Reply = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, LegalcheckError):
                raise error.cause from None
            raise SweepError(
                f"Ray 节点上的 legalcheck 无法运行（{_line(error.cause)}），请检查各节点的安装。"
            ) from None
        except self._ray.exceptions.RayError:
            return None  # the worker or its node has died, or the reply was lost with it
        return reply

    def share(self, calls: Sequence[Callable[[], object]]) -> None:
        """See `Engine.share`: the workers may be on other machines."""
        for call in calls:
            call()

    def close(self) -> None:
        """See `Engine.close`; a cluster that others started goes on."""
        for reference in self._batches:
            self._ray.cancel(reference, force=True)
        self._batches.clear()
        if self._own:
            self._ray.shutdown()


def _check_reachable(address: str | None) -> None:
    """Ask once, since Ray itself would ask for minutes."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if host and port.isdecimal():
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            raise SweepError(f"无法连接 Ray 集群 {address}（{why}），请检查地址和防火墙。") from None


def _line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]
