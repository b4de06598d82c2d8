"""Take the example draft all the way from submission to the gate, and print what a person sees.

Run ``python examples/walkthrough.py``; README.zh-CN.md shows its output.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROSTER = "\n".join(
    f'[[people]]\nname = "{name}"\nunit = "{unit}"\nroles = ["{role}"]\n'
    for name, unit, role in (
        ("李雷", "镇市场管理办公室", "起草"),
        ("王敏", "镇司法所", "审核"),
        ("赵正", "镇司法所", "审核负责人"),
        ("周静", "镇党政办公室", "办公机构"),
    )
)
STEPS = (
    "legalcheck record step 送审稿.docx 送审 --by 李雷 --evidence 起草说明.docx --evidence 制定依据.docx"
    " --evidence 征求意见采纳情况.docx",
    "legalcheck record step 送审稿.docx 受理 --by 王敏",
    "legalcheck review 送审稿.docx --record --by 王敏 -o 审查结果.txt",
    "legalcheck clear 送审稿.docx 36e2 --as mistaken --by 王敏 --reason 本条是供货名录，不涉及信用惩戒",
    "legalcheck opinion 送审稿.docx -o 意见书.docx --by 赵正 --number 青司审〔2026〕5号",
    "legalcheck record step 送审稿.docx 修改 --by 李雷 --note 已按意见逐条修改",
    "legalcheck record step 送审稿.docx 补充材料 --by 李雷 --evidence 公平竞争审查结论.docx"
    " --evidence 市场主体意见.docx",
    "legalcheck review 修改稿.docx --continues 送审稿.docx --by 王敏 -o 复审结果.txt",
    "legalcheck gate 修改稿.docx",
    "legalcheck opinion 修改稿.docx -o 意见书2.docx --by 赵正 --number 青司审〔2026〕6号",
    "legalcheck gate 送审稿.docx 修改稿.docx",
    "legalcheck record step 修改稿.docx 审议通过 --by 周静 --note 第9次镇长办公会，无不同意见",
    "legalcheck status --all",
)
MATERIALS = ("起草说明.docx", "制定依据.docx", "征求意见采纳情况.docx", "公平竞争审查结论.docx", "市场主体意见.docx")
SHOWN = 8  # lines of one command's output


def transcript() -> Iterator[str]:
    """Each command and what it printed, long outputs shortened."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "legalcheck.toml").write_text(ROSTER, encoding="utf-8")
        shutil.copy(HERE / "draft.docx", folder / "送审稿.docx")
        shutil.copy(HERE / "revised.docx", folder / "修改稿.docx")
        for material in MATERIALS:
            (folder / material).write_bytes(material.encode())
        environment = {key: value for key, value in os.environ.items() if key != "LEGALCHECK_LEDGER"}
        for step in STEPS:
            command = [sys.executable, "-m", *shlex.split(step)]
            done = subprocess.run(
                command,
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
            )
            lines = done.stdout.strip("\n").split("\n")
            if len(lines) > SHOWN:
                lines = [*lines[: SHOWN - 2], "……", lines[-1]]
            yield "\n".join([f"% {step}", *(line.rstrip() for line in lines if lines != [""])]) + "\n"


def settled(text: str) -> str:
    """A transcript without what differs from day to day: dates, times and working days left."""
    text = re.sub(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?", "DATE", text)
    return re.sub(r"剩 \d+ 个工作日", "剩 N 个工作日", text)


if __name__ == "__main__":
    sys.stdout.write("\n".join(transcript()))
