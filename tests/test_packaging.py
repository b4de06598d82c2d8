"""The wheel carries its rules and corpora, and works where there is no repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source distribution, so that both are proved complete; no isolation, hence no network."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment with the wheel; its dependencies are borrowed from this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    install = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "-q", "--no-deps"]
    subprocess.run([*install, "--no-index", str(wheel)], check=True)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([scripts / "python", "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    # A path that a .pth names is searched, but .pth files within it are not read: the editable legalcheck stays out.
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return scripts


def test_the_wheel_carries_rules_corpora_and_schema_but_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in ("rules/certificates/CERT-001.yaml", "rules/approvals/pack.yaml", "corpora/statutes.jsonl"):
        assert f"legalcheck/_data/{part}" in names
    for part in (
        "reports/schema/report-1.schema.json",
        "reports/html/page.html.j2",
        "reports/html/page.js",
        "py.typed",
    ):
        assert f"legalcheck/{part}" in names
    assert not [name for name in names if name.startswith(("tests/", "examples/", "rules/", "corpora/"))]


def test_the_installed_command_reviews_a_draft_from_another_folder(environment: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes((ROOT / "examples" / "draft.docx").read_bytes())
    done = subprocess.run(
        [environment / "legalcheck", "review", "draft.docx", "--format", "json", "--as-of", "2026-11-23"],
        cwd=tmp_path,
        env={**os.environ, "LEGALCHECK_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (1, "")
    rules = {finding["rule"][:4] for finding in json.loads(done.stdout)["results"][0]["findings"]}
    assert {"CERT", "PERM", "BASI"} <= rules


def test_rules_and_corpora_are_read_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    code = "import legalcheck; from legalcheck.corpora.location import data_root; print(data_root())"
    done = subprocess.run(
        [environment / "python", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    root = Path(done.stdout.strip())
    assert root.parts[-2:] == ("legalcheck", "_data")
    assert environment.parent in root.parents
