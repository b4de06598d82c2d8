"""Regular expressions that are compiled on first use, and kept compiled."""

import gc
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from legalcheck.document import from_text
from legalcheck.lazy import LENGTH, _compile, _key, _Lazy, _Programs, compiled, regex
from legalcheck.review import review

SOURCES = (
    ("第(.)条", re.DOTALL),
    ("(?P<year>[0-9]{4})年(?:(?P<month>[0-9]{1,2})月)?", 0),
    ("(?<!不)应当?(?!急)|[一-龥〇]{2,6}?(?=《)", 0),
    ("(?i)abc|(x)\\1+", re.MULTILINE),
)


def test_a_lazy_expression_does_what_a_compiled_one_does() -> None:
    lazy, known = regex("第(.)条", re.DOTALL), re.compile("第(.)条", re.DOTALL)
    text = "第一条和第\n条"
    assert [hit.span(1) for hit in lazy.finditer(text)] == [hit.span(1) for hit in known.finditer(text)]
    assert (lazy.pattern, lazy.flags) == (known.pattern, known.flags)


def test_a_mistake_shows_on_first_use() -> None:
    lazy = regex("(")
    with pytest.raises(re.error):
        lazy.search("")


def test_what_is_kept_is_what_re_compiles(tmp_path: Path) -> None:
    path = tmp_path / "kept.msgpack"
    first = _Programs(path)
    made = [first.pattern(*source) for source in SOURCES]
    first._keep()
    second = _Programs(path)
    assert [second.pattern(*source) for source in SOURCES] == made == [re.compile(*source) for source in SOURCES]
    assert second._new == {}


def test_all_expressions_of_a_review_are_what_re_compiles() -> None:
    review(
        from_text("青石镇公共停车管理办法\n第一条 根据《优化营商环境条例》，制定本办法。\n第二条 申请人应当提交证明。")
    )
    sources = {(one._source, one._flags) for one in gc.get_objects() if type(one) is _Lazy}
    assert len(sources) > 100
    for source, flags in sorted(sources - {("(", 0)}, key=repr):
        assert compiled(source, flags) == re.compile(source, flags)


def test_what_another_process_kept_meanwhile_stays(tmp_path: Path) -> None:
    one, other = _Programs(tmp_path / "kept.msgpack"), _Programs(tmp_path / "kept.msgpack")
    one.pattern("一", 0)
    other.pattern("二", 0)
    one._keep()
    other._keep()
    both = _Programs(tmp_path / "kept.msgpack")
    assert [both.pattern(source, 0) for source in "一二"] == [re.compile("一"), re.compile("二")]
    assert both._new == {}


def kept(path: Path, program: object, index: object = None) -> None:
    """A file that gives `program` for the expression 一, under `index` where it is given."""
    data = msgspec.msgpack.encode(program)
    known = {_key("一", 0): (len(data), 0)} if index is None else index
    head = msgspec.msgpack.encode(known)
    path.write_bytes(len(head).to_bytes(LENGTH, "big") + head + data)


def test_what_stands_in_the_file_is_taken(tmp_path: Path) -> None:
    kept(tmp_path / "kept.msgpack", _compile("二", 0))
    assert _Programs(tmp_path / "kept.msgpack").pattern("一", 0).search("二")


@pytest.mark.parametrize("damage", [b"", b"\xff\xff", b"\xff" * 60, b"\x00" * 60, msgspec.msgpack.encode([1] * 60)])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "kept.msgpack"
    path.write_bytes(damage)
    programs = _Programs(path)
    assert programs.pattern("一", 0) == re.compile("一")
    programs._keep()
    assert _Programs(path).pattern("一", 0) == re.compile("一")


@pytest.mark.parametrize("place", [(2**62, 0), (0, 2**62), (-1, -9), (0, 0)])
def test_an_index_that_leads_nowhere_is_not_followed(tmp_path: Path, place: tuple[int, int]) -> None:
    path = tmp_path / "kept.msgpack"
    kept(path, _compile("二", 0), {_key("一", 0): place})
    programs = _Programs(path)
    assert programs.pattern("一", 0) == re.compile("一")
    programs._keep()
    assert _Programs(path)._new == {}


def test_the_engine_refuses_code_that_is_none(tmp_path: Path) -> None:
    for code in ([], [7, 2**31, 5], [*range(60)], [2**40]):
        kept(tmp_path / "kept.msgpack", (32, code, 0, {}))
        assert _Programs(tmp_path / "kept.msgpack").pattern("一", 0) == re.compile("一")


def test_a_file_that_grows_too_large_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legalcheck.lazy.MOST_KEPT", 1)
    for source in "一二":
        programs = _Programs(tmp_path / "kept.msgpack")
        programs.pattern(source, 0)
        programs._keep()
    assert len(_Programs(tmp_path / "kept.msgpack")._index) == 1


def test_a_review_in_a_second_process_compiles_none(tmp_path: Path) -> None:
    script = (
        "import legalcheck.lazy as lazy\n"
        "lazy._compile = lambda source, flags: print('compiled', source)\n"
        "pattern = lazy.regex('第(?P<n>.)条').search('第二条')\n"
        "print(pattern['n'])\n"
    )
    environment = {**os.environ, "LEGALCHECK_CACHE": str(tmp_path / "cache")}
    first = "from legalcheck.lazy import regex; regex('第(?P<n>.)条').search('')"
    subprocess.run([sys.executable, "-c", first], env=environment, check=True)
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "二\n"


def test_what_a_worker_of_a_pool_compiles_is_kept(tmp_path: Path) -> None:
    script = (
        "from multiprocessing import Process\n"
        "from legalcheck.lazy import compiled\n"
        "if __name__ == '__main__':\n"
        "    worker = Process(target=compiled, args=('第(.)条',))\n"
        "    worker.start()\n"
        "    worker.join()\n"
    )
    (tmp_path / "work.py").write_text(script, encoding="utf-8")
    environment = {**os.environ, "LEGALCHECK_CACHE": str(tmp_path / "cache")}
    subprocess.run([sys.executable, str(tmp_path / "work.py")], env=environment, check=True)
    [path] = (tmp_path / "cache").iterdir()
    assert len(_Programs(path)._index) == 1


def test_nothing_is_kept_where_that_is_switched_off(tmp_path: Path) -> None:
    script = "from legalcheck.lazy import regex; print(regex('一').search('一').group())"
    environment = {**os.environ, "LEGALCHECK_CACHE": "", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "一\n"
    assert not [*tmp_path.iterdir()]
