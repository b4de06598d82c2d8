"""A package with some parts replaced or added; the others are copied as they lie in the file, byte for byte.

Parts that are not touched are never unpacked, so that a picture of 100 MiB costs no more than its packed bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import DocumentError

if TYPE_CHECKING:
    import zipfile

    from .container import Package

# APPNOTE 4.3.7 local header, 4.3.12 central directory header, 4.3.16 end record
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_STORED, _DEFLATED = 0, 8
_VERSION = 20  # deflate
_UTF8 = 0x800
_TIME, _DAY = 0, 0x21  # midnight of 1 January 1980: the same input gives the same bytes on any day


def rewrite(package: Package, parts: Mapping[str, bytes]) -> bytes:
    """The bytes of `package` with `parts` (by part name) in place of its own; new ones come last, in their order.

    Raises `DocumentError` where a member that has to be copied is damaged.
    """
    changed = {name.lower(): data for name, data in parts.items()}
    members = list(package.members.items())
    # overlapping members would let a small file grow without bound
    if sum(info.compress_size for name, info in members if name not in changed) > len(package.data):
        raise _damaged()
    writer = _Writer()
    for name, info in members:
        if name in changed:
            writer.add(_name(info), changed[name])
        else:
            writer.copy(info, _packed(package.data, info))
    for name, data in parts.items():
        if name.lower() not in package.members:
            writer.add(name.encode(), data)
    return writer.close()


class _Writer:
    def __init__(self) -> None:
        self._out = bytearray()
        self._directory = bytearray()
        self._count = 0

    def add(self, name: bytes, data: bytes) -> None:
        deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = deflater.compress(data) + deflater.flush()
        flags = 0 if name.isascii() else _UTF8
        self._member(name, packed, flags, _DEFLATED, zlib.crc32(data), len(data), 0)

    def copy(self, info: zipfile.ZipInfo, packed: bytes) -> None:
        flags = info.flag_bits & ~0x8  # the sizes stand in the header: no data descriptor follows
        self._member(_name(info), packed, flags, info.compress_type, info.CRC, info.file_size, info.external_attr)

    def _member(
        self, name: bytes, packed: bytes, flags: int, method: int, crc: int, size: int, attributes: int
    ) -> None:
        common = (flags, method, _TIME, _DAY, crc, len(packed), size, len(name), 0)
        start = len(self._out)
        self._out += _LOCAL.pack(b"PK\x03\x04", _VERSION, *common) + name + packed
        self._directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *common, 0, 0, 0, attributes, start) + name
        self._count += 1

    def close(self) -> bytes:
        sizes = (self._count, self._count, len(self._directory), len(self._out))
        return bytes(self._out + self._directory + _END.pack(b"PK\x05\x06", 0, 0, *sizes, 0))


def _name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    header = data[info.header_offset : info.header_offset + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise _damaged()
    start = info.header_offset + _LOCAL.size + sum(_LOCAL.unpack(header)[-2:])
    packed = data[start : start + info.compress_size]
    if len(packed) != info.compress_size:
        raise _damaged()
    return packed


def _damaged() -> DocumentError:
    return DocumentError("文件已损坏（压缩包不完整）；请用 Word 打开并修复后另存为 .docx 再试。")
