"""Sweeps on a Ray cluster: a real one, of two nodes, on this machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import workers
from documents import DAY, DOCUMENTS, Sweep, dump, records, reports, write

from legalcheck.sweep.cluster import Cluster
from legalcheck.sweep.run import sweep
from legalcheck.sweep.settings import Settings
from legalcheck.sweep.work import Work

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'legalcheck[ray]'")


@pytest.fixture(scope="module")
def two_nodes() -> Iterator[Any]:
    """A cluster with a head and a second node, one core each."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # workers import the work of these tests, as they import legalcheck
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(Path(__file__).parent), os.environ.get("PYTHONPATH"))))
    from ray.cluster_utils import Cluster as LocalCluster

    memory = {"object_store_memory": 80 * 1024 * 1024}
    cluster = LocalCluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False, **memory})
    cluster.add_node(num_cpus=1, **memory)
    try:
        yield cluster
    finally:
        ray.shutdown()
        cluster.shutdown()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "许多"
    lines = list(DOCUMENTS.values())
    write(folder, {f"{i:03}.txt": (*lines[i % len(lines)], f"附则 第{i}号。") for i in range(160)})
    return folder


def ray_sweep(folder: Path, run: Path, cluster: Any, work: Work = workers.review_batch) -> None:
    settings = Settings(as_of=DAY)
    sweep(str(folder), run, settings, lambda: Cluster(settings, cluster.address, work=work))


def test_a_cluster_gives_what_one_process_gives_though_a_node_dies(
    many: Path, tmp_path: Path, run_sweep: Sweep, two_nodes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legalcheck.sweep.run.BATCH", 4)
    run_sweep(many, tmp_path / "calm")
    second = next(iter(two_nodes.worker_nodes))
    killed = threading.Event()

    def kill_in_the_middle(done: int, total: int) -> None:
        if done > total // 4 and not killed.is_set():
            killed.set()
            two_nodes.remove_node(second, allow_graceful=False)

    settings = Settings(as_of=DAY)
    sweep(
        str(many),
        tmp_path / "ray",
        settings,
        lambda: Cluster(settings, two_nodes.address),
        progress=kill_in_the_middle,
    )
    assert killed.is_set()
    assert reports(tmp_path / "ray") == reports(tmp_path / "calm")
    assert dump(tmp_path / "ray") == dump(tmp_path / "calm")


def test_workers_that_die_lose_nothing_and_a_deadly_document_is_a_row(
    many: Path, tmp_path: Path, two_nodes: Any
) -> None:
    write(many, {"弱1.txt": ("关于某事的通知",), "弱2.txt": ("关于某事的通知",)})
    ray_sweep(many, tmp_path / "once", two_nodes, workers.deadly_once)
    assert {record["state"] for record in records(tmp_path / "once").values()} == {"reviewed"}
    write(many, {"毒药.txt": ("关于某事的通知",)})
    ray_sweep(many, tmp_path / "always", two_nodes, workers.deadly)
    crashed = {path for path, record in records(tmp_path / "always").items() if record["state"] != "reviewed"}
    assert crashed == {"毒药.txt"}


def test_an_address_where_no_cluster_is_is_told(folder: Path, tmp_path: Path) -> None:
    from legalcheck.errors import SweepError

    settings = Settings(as_of=DAY)
    with pytest.raises(SweepError, match="无法连接 Ray 集群"):
        sweep(str(folder), tmp_path / "run", settings, lambda: Cluster(settings, "127.0.0.1:1"))
