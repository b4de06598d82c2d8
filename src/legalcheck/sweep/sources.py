"""The documents to sweep: a folder, a manifest, or what lies behind an fsspec URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from ..document.convert import SUFFIXES as CONVERTIBLE
from ..errors import UsageError, reason

READABLE = frozenset({".docx", ".docm", ".dotx", ".dotm", ".txt"})
LISTED = READABLE | CONVERTIBLE | {".pdf", ".ofd"}  # documents all the same: each gets a row that says why it is unread


class Entry(Struct, frozen=True):
    """One document: `path` names it in the results, `location` is what is opened (a path or URL).

    The rest is what a manifest says of it; "" and None where it says nothing.
    """

    path: str
    location: str
    title: str = ""
    issuer: str = ""
    number: str = ""
    year: int | None = None


def entries(source: str) -> Iterator[Entry]:
    """The documents of a folder (with its subfolders), a manifest (``.csv``), or an fsspec URL of either, in order.

    Raises `UsageError` where the source is none of these, or a manifest has a mistake; it names the line.
    """
    if "://" in source:
        yield from _remote(source)
        return
    path = Path(source)
    if path.is_dir():
        root = path.absolute()
        if not os.access(root, os.R_OK | os.X_OK):
            raise UsageError(f"没有权限读取文件夹“{source}”，请检查权限。")
        for file in _walk(os.fspath(root)):
            yield Entry(_shown(os.path.relpath(file, root) + "/" * file.endswith("/")), file)
    elif path.is_file():
        from .manifest import read

        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(f"无法读取清单 {source}（{reason(error)}），请检查权限。") from None
        yield from list(read(data, path.name, os.fspath(path.absolute().parent)))  # all mistakes before any work
    else:
        raise UsageError(f"找不到“{source}”；请指定存放文件的文件夹，或者列明文件的清单（.csv）。")


def _walk(folder: str) -> Iterator[str]:
    """The listed files below a folder, those of a folder before its subfolders, by name; links are not followed.

    A subfolder that cannot be read is given itself, with a / behind it: it gets a row, and is not passed over.
    """
    try:
        with os.scandir(folder) as found:
            items = sorted(found, key=lambda item: item.name)
    except OSError:
        yield folder + "/"
        return
    folders = []
    for item in items:
        if item.name.startswith((".", "~$")):
            continue
        if item.is_dir(follow_symlinks=False):
            folders.append(item.path)
        elif _suffix(item.name) in LISTED and item.is_file():
            yield item.path
    for path in folders:
        yield from _walk(path)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _shown(path: str) -> str:
    """A file name that is no valid text carries surrogates (PEP 383), which no database takes."""
    return path.replace(os.sep, "/").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _remote(url: str) -> Iterator[Entry]:
    files, path = filesystem(url)
    if _suffix(path) == ".csv":
        from .manifest import read

        yield from list(read(_fetch(files, path), url, url.rpartition("/")[0]))
        return
    try:
        found = sorted(files.find(path))
    except Exception as error:  # each kind of store raises errors of its own
        raise UsageError(f"无法列出 {url}（{error}），请检查网址和访问权限。") from None
    if not found:
        raise UsageError(f"{url} 中没有文件，请检查网址。")
    root = path.rstrip("/") + "/"
    for one in found:
        inner = one.removeprefix(root)
        if _suffix(one) in LISTED and not any(part.startswith((".", "~$")) for part in inner.split("/")):
            yield Entry(inner, files.unstrip_protocol(one))


def _fetch(files: Any, path: str) -> bytes:
    try:
        data: bytes = files.cat_file(path)
    except Exception as error:
        raise UsageError(f"无法读取清单 {path}（{error}），请检查网址和访问权限。") from None
    return data


def filesystem(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL, and the path in it; `UsageError` where fsspec is missing or knows it not."""
    try:
        import fsspec
    except ImportError:
        raise UsageError(f"读取 {url} 需要 fsspec，请先运行 pip install 'legalcheck[remote]'。") from None
    try:
        files, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"无法使用网址 {url}（{error}），请检查网址，或者安装所需的 fsspec 插件。") from None
    return files, path
