"""Every limit that keeps the reading of a file bounded in time and memory.

They lie far above what an official document needs (the longest national code has 1,260 articles) and far below what
hurts a desktop computer. A file beyond one of them is refused with `UnsafeDocumentError`, save where a comment says
that the value is clipped.
"""

from __future__ import annotations

MIB = 1 << 20

MAX_FILE_SIZE = 128 * MIB  # the file itself
MAX_DIRECTORY_SIZE = 4 * MIB  # the zip's central directory, checked before zipfile makes an object of every entry
MAX_MEMBERS = 20_000  # files in the package
MAX_PART_SIZE = 48 * MIB  # one XML part, unpacked
MAX_TOTAL_SIZE = 96 * MIB  # all XML parts that are read, unpacked
MAX_RATIO = 600  # unpacked : packed, for parts beyond RATIO_FREE_SIZE; deflate itself ends at 1,032
RATIO_FREE_SIZE = 4 * MIB
MAX_TREE_SIZE = 320 * MIB  # estimated memory of one parsed part (see xml.estimate)
WHOLE_TREE_SIZE = 40 * MIB  # a longer body is read child by child, without ever holding its whole tree

MAX_XML_DEPTH = 256  # libxml2 stops there of itself when huge_tree is off; kept here for the message
MAX_TEXT_SIZE = 24_000_000  # characters of visible text in a draft
MAX_PARAGRAPHS = 600_000
MAX_RELATIONSHIPS = 20_000
MAX_PROVISIONS = 1_200_000
MAX_INLINE_ITEMS = 2_000  # clipped: labels inside one line that are looked at
MAX_HEAD_LINE = 600  # characters; a longer line is neither title nor addressees
MAX_FIELD_CODE = 2_000  # clipped: characters of a field's code

MAX_TABLE_DEPTH = 80  # tables within tables
MAX_COLUMNS = 1_024  # clipped: Word itself stops at 63
MAX_LIST_VALUE = 32_767  # larger numbers are written in plain digits, whatever the format says
MAX_LEVEL_TEXT = 64  # clipped: characters of one w:lvlText
MAX_STYLE_CHAIN = 64  # w:basedOn steps; the chain is cut there
MAX_HEADER_PARTS = 2_000  # distinct header and footer parts that are read

CONVERSION_SECONDS = 120  # LibreOffice, for one file
