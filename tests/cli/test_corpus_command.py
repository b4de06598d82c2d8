"""``legalcheck corpus``, as a reviewer uses it."""

from pathlib import Path


def test_status_says_how_old_the_catalogue_is(run) -> None:
    result = run("corpus", "status", "--as-of", "2026-11-23")
    assert result.code == 0
    assert "法规目录：" in result.out
    assert "注意：" in result.out


def test_a_catalogue_past_a_year_is_said_to_be_old(run) -> None:
    assert "已经超过一年，请更新" in run("corpus", "status", "--as-of", "2030-01-01").out


def test_show_tells_the_history_of_a_statute_as_of_a_date(run) -> None:
    before = run("corpus", "show", "《物权法》", "--as-of", "2020-01-01").out
    after = run("corpus", "show", "物权法", "--as-of", "2026-01-01").out
    assert "有效（2020-01-01）" in before
    assert "已废止或者失效（2026-01-01）" in after
    assert "民法典" in after


def test_an_unknown_statute_is_not_called_wrong(run) -> None:
    result = run("corpus", "show", "甲乙丙丁条例")
    assert result.code == 2
    assert "不等于不存在" in result.err


def test_the_shipped_catalogues_are_sound(run) -> None:
    result = run("corpus", "check")
    assert result.code == 0
    assert "没有发现问题" in result.out


def test_statutes_of_ones_own_are_imported_and_used(run, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    articles = "\n".join(f"第{number}条　本条例的内容。" for number in ("一", "二", "三"))
    (texts / "临江市养犬管理条例.txt").write_text(f"临江市养犬管理条例\n（2024年3月1日公布）\n{articles}\n", "utf-8")
    (texts / "notes.pdf").write_bytes(b"%PDF")
    result = run("corpus", "import", str(texts), "-o", str(tmp_path / "own.jsonl"))
    assert "新增  《临江市养犬管理条例》" in result.out
    assert "未能读取" in result.out
    assert result.code == 1
    (tmp_path / "legalcheck.toml").write_text('[corpora]\nstatutes = ["own.jsonl"]\n', "utf-8")
    shown = run("corpus", "show", "临江市养犬管理条例", "--config", str(tmp_path / "legalcheck.toml"))
    assert "共 3 条" in shown.out
    assert run("corpus", "check", str(tmp_path / "own.jsonl")).code == 0


def test_bad_input_gets_one_sentence(run, tmp_path: Path) -> None:
    for arguments in (("import", str(tmp_path / "none")), ("check", str(tmp_path / "none.jsonl"))):
        result = run("corpus", *arguments)
        assert result.code == 2
        assert result.err.startswith("错误：")
        assert result.err.count("\n") == 1
