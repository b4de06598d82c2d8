"""The catalogue on disk: ``statutes.jsonl`` and its prebuilt index.

The index is a text file, one key a line in their order with the byte offsets of its records, so that a look-up reads a
few of its lines and one line of JSON instead of parsing 2 MB. It is derived data: `write` makes both files together.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from msgspec import MsgspecError
from msgspec.json import decode

from ...errors import CorpusError
from ..location import data_root
from .keys import loose_key, title_key, written_number_key
from .model import Standing, Statute, statute

HEADER = "# legalcheck statutes index 1"


class Store:
    """One catalogue file with its index, read lazily. Raises CorpusError where either cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._records: dict[int, Statute] = {}

    @cached_property
    def _index(self) -> bytes:
        index = self.path.with_suffix(".idx")
        try:
            data = index.read_bytes()
            size = self.path.stat().st_size
            data.decode()
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"法规目录无法读取：{index}。请重新安装 legalcheck，或者重新导入本地目录。") from error
        if not data.startswith(f"{HEADER} size={size}\n".encode()):
            raise CorpusError(f"法规目录与其索引不一致：{index}。请重新生成索引。")
        if not data.endswith(b"\n") or data.count(b"\t") != data.count(b"\n") - 1:
            raise CorpusError(f"法规目录索引已损坏：{index}。请重新生成索引。")
        return data

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and bool(self._offsets(key))

    def all_keys(self) -> Iterator[str]:
        """All keys: titles as `keys.title_key` gives them, numbers with # in front."""
        return (line.partition("\t")[0] for line in self._index.decode().split("\n")[1:-1])

    def lookup(self, key: str) -> tuple[Statute, ...]:
        """The statutes under `key`, full titles before short ones; empty if there is none."""
        return tuple(self._at(int(offset)) for offset in self._offsets(key))

    def _offsets(self, key: str) -> list[bytes]:
        """Where the records of a key begin, found by halving the index."""
        wanted = key.encode("utf-8", "surrogatepass")
        last = self._index.rfind(b"\n", 0, -1)
        found, offsets = self._line(bisect_left(range(last), wanted, key=lambda place: self._line(place)[0]))
        return offsets.split(b",") if offsets and found == wanted else []

    def _line(self, place: int) -> tuple[bytes, bytes]:
        """The first line that begins behind a place of the index: a key, and where its records begin."""
        start = self._index.find(b"\n", place) + 1
        key, _, offsets = self._index[start : self._index.find(b"\n", start)].partition(b"\t")
        return key, offsets

    def _at(self, offset: int) -> Statute:
        found = self._records.get(offset)
        if found is None:
            with self.path.open("rb") as file:
                file.seek(offset)
                line = file.readline()
            try:
                found = statute(decode(line))
            except (MsgspecError, ValueError, KeyError, TypeError) as error:
                raise CorpusError(f"法规目录第{offset}字节处的记录无法读取：{self.path}。") from error
            self._records[offset] = found
        return found

    def records(self) -> Iterator[dict[str, Any]]:
        """Every record as it stands in the file. Raises CorpusError with the line number of one that cannot be read."""
        try:
            with self.path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    try:
                        yield decode(line)
                    except MsgspecError as error:
                        raise CorpusError(f"{self.path} 第{number}行不是有效的记录。") from error
        except OSError as error:
            raise CorpusError(f"法规目录无法读取：{self.path}。") from error

    def __iter__(self) -> Iterator[Statute]:
        return map(statute, self.records())


class Catalogue:
    """The shipped catalogue and, in front of it, any local overlays."""

    def __init__(self, stores: tuple[Store, ...]) -> None:
        self.stores = stores
        self._found: dict[str, tuple[Statute, ...]] = {}

    def __contains__(self, key: object) -> bool:
        return any(key in store for store in self.stores)

    def lookup(self, key: str) -> tuple[Statute, ...]:
        """The statutes under `key`, those of an overlay first."""
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = tuple(one for store in self.stores for one in store.lookup(key))
        return found

    def find(self, title: str, as_of: date | None = None) -> Statute | None:
        """The statute of that title, short title or number; of several, the one alive on `as_of`."""
        key = written_number_key(title.strip("《》 "))
        return choose((key and self.lookup(key)) or self.by_title(title), as_of)

    def by_title(self, title: str) -> tuple[Statute, ...]:
        """The statutes of that title or short title, （试行） and （2019年修正） left aside where need be."""
        key = title_key(title.strip("《》 "))
        return self.lookup(key) or (self.lookup(loose_key(key)) if key.endswith(")") else ())

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """All title keys, sorted: what a misspelt title is compared with."""
        return tuple(sorted({key for store in self.stores for key in store.all_keys() if not key.startswith("#")}))

    def __iter__(self) -> Iterator[Statute]:
        for store in self.stores:
            yield from store


def choose(found: tuple[Statute, ...], as_of: date | None) -> Statute | None:
    """Of statutes that share a title, the one that was alive on `as_of`, else the first."""
    if len(found) < 2:
        return found[0] if found else None
    day = as_of or date.max
    alive = [s for s in found if s.standing(day) is not Standing.REPEALED]
    begun = [s for s in alive if s.began is None or s.began <= day]
    return (begun or alive or list(found))[0]


@lru_cache(maxsize=8)
def catalogue(*overlays: Path) -> Catalogue:
    """The shipped catalogue, with local overlays (paths of their ``.jsonl`` files) in front."""
    return Catalogue((*map(Store, overlays), Store(data_root() / "corpora" / "statutes.jsonl")))


def write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write `records` (as `model.statute` reads them) and their index, each atomically, sorted by id."""
    import json

    lines: list[bytes] = []
    keys: dict[str, list[tuple[int, str, int]]] = {}
    offset = 0
    for raw in sorted(records, key=lambda record: record["id"]):
        for rank, key in record_keys(raw):
            keys.setdefault(key, []).append((rank, raw["id"], offset))
        line = json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        lines.append(line)
        offset += len(line)
    index = [f"{HEADER} size={offset}"]
    for key in sorted(keys):
        best = min(rank for rank, _, _ in keys[key])
        index.append(key + "\t" + ",".join(str(at) for rank, _, at in sorted(keys[key]) if rank == best))
    replace(path, b"".join(lines))
    replace(path.with_suffix(".idx"), ("\n".join(index) + "\n").encode())


def record_keys(raw: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The keys of one record with their rank: 0 its title, 1 a short title or number, 2 a title less its （试行）."""
    key = title_key(raw["title"])
    yield 0, key
    seen = {key}
    for short in raw.get("short_titles", ()):
        if (other := title_key(short)) not in seen:
            seen.add(other)
            yield 1, other
    for number in dict.fromkeys(raw.get("numbers", ())):
        if numbered := written_number_key(number):
            yield 1, numbered
    if (loose := loose_key(key)) not in seen:
        yield 2, loose


def replace(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader sees the old file or the new one, never a part."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
