"""Text as a hostile draft would have it, for property tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

FRAGMENTS = (
    "<script>alert(1)</script>",
    "[链接](javascript:alert(1))",
    "![](http://example.org/x.png)",
    "http://www.example.org",
    "@someone",
    "| a | b |",
    "# 标题",
    "1. 一",
    "- 一",
    "    code",
    "```",
    "~~~",
    "`a`",
    "**粗**",
    "__粗__",
    "~~删~~",
    "&lt;&#60;",
    "\\",
    "{0} {{1}}",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    '"',
    "','",
    "]]>",
    "<!--",
    "_x0041_",
    "\r\n",
    "\n",
    "\x00",
    "\x0b",
    "\x1b[31m",
    "\u202e",
    "\u2028",
    "\ufeff",
    "\ufffe",
    "\ud800",
    "\udcff",
    "𠮷",
    "第三条",
)
# All of Unicode, surrogates too, as st.text() alone would not have it.
TEXT = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(st.characters(exclude_categories=()), max_size=5))).map(
    "".join
)
# The fixtures that make reports are plain functions: nothing is left over from one example to the next.
pure = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
