from __future__ import annotations

from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "draft.docx"


def test_numbers_stand_as_word_shows_them(run) -> None:
    result = run("text", EXAMPLE)
    assert (result.code, result.err) == (0, "")
    lines = [line.replace(" ", "") for line in result.out.splitlines()]
    assert "第一章总则" in lines
    assert any(line.startswith("第五条申请集贸市场固定摊位") for line in lines)
    assert "（二）村民委员会出具的无犯罪记录证明；" in lines
    assert "收入证明" in result.out


def test_the_text_can_go_to_a_file(run, tmp_path: Path) -> None:
    target = tmp_path / "text.txt"
    screen = run("text", EXAMPLE).out
    assert run("text", EXAMPLE, "-o", target).out == ""
    assert target.read_text("utf-8") == screen


def test_a_second_draft_is_a_usage_error(run) -> None:
    result = run("text", EXAMPLE, EXAMPLE)
    assert result.code == 2
    assert "多出了参数" in result.err
