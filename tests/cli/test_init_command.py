from __future__ import annotations

import re
import tomllib
from pathlib import Path

from msgspec.structs import fields, replace

from legalcheck.config import Config, Person, RecordTable, load


def test_the_written_file_is_valid_and_changes_nothing(run, tmp_path: Path) -> None:
    assert run("init").code == 0
    written = load(tmp_path / "legalcheck.toml")
    assert written.record == RecordTable(ledger=str(tmp_path / ".legalcheck" / "ledger.db"))
    assert replace(written, record=RecordTable()) == Config()


def test_every_setting_is_explained_and_valid_when_uncommented(run, tmp_path: Path) -> None:
    run("init")
    text = (tmp_path / "legalcheck.toml").read_text("utf-8")
    enabled = re.sub(r"^# (\w+ = |\[\[)", r"\1", text, flags=re.MULTILINE)
    settings = tomllib.loads(enabled)
    assert {setting.name for setting in fields(Person)} == set(settings.pop("people")[0])
    written = {table: set(keys) for table, keys in settings.items()}
    default = Config()
    tables = {table.name: getattr(default, table.name) for table in fields(Config) if table.name != "people"}
    assert written == {name: {setting.name for setting in fields(table)} for name, table in tables.items()}
    (tmp_path / "rules").mkdir()
    for name in ("own-statutes.jsonl", "profile.toml"):
        (tmp_path / name).touch()
    (tmp_path / "legalcheck.toml").write_text(enabled, "utf-8")
    assert load(tmp_path / "legalcheck.toml").review.packs == ("certificates", "approvals", "basis")


def test_an_existing_file_is_left_alone(run, tmp_path: Path) -> None:
    (tmp_path / "legalcheck.toml").write_text("# 本单位的设置\n", "utf-8")
    result = run("init")
    assert result.code == 2
    assert (tmp_path / "legalcheck.toml").read_text("utf-8") == "# 本单位的设置\n"
