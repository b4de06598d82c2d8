"""How long a cold start takes, as ratios to bare imports on the same machine in the same run.

Run ``python benchmarks/cold_start.py [RUNS]``. The goals: reviewing a 30-page draft costs at most twice the imports of
the libraries it needs, the help page at most twice the import of click.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

SCRIPT = Path(sys.executable).with_name("legalcheck")
LIBRARIES = "import click, pydantic, docx, lxml.etree, rapidfuzz"
THREE = ("certificates", "approvals", "basis")

DUTIES = (
    "镇便民服务中心应当在办公场所和政务服务平台公开办事指南，一次性告知申请人需要提交的材料，当场答复咨询事项。",
    "各村应当明确一名联络员，每季度入户走访一次，及时收集群众意见，并于次月五日前报送镇社会事务办公室汇总。",
    "申请人可以自主选择线上或者窗口办理；通过信息共享能够核验的材料，不再要求申请人重复提交。",
    "镇综合行政执法队应当依照《中华人民共和国行政处罚法》的规定，规范开展日常巡查，全过程记录执法活动。",
    "鼓励社会力量以捐赠、志愿服务等方式参与公共服务设施的管护，镇人民政府按照有关规定给予表扬。",
    "设施管护经费列入镇财政预算，专款专用，接受财政、审计部门和村民代表会议的监督，结果每半年公开一次。",
    "发现安全隐患的，管护人员应当立即设置警示标志，报告村民委员会，并在二十四小时内组织修复或者采取临时措施。",
)


def make_draft(path: Path, times: int = 1) -> tuple[int, int]:
    """A measure of about 30 pages, or `times` as many: 350 paragraphs, some of them in tables.

    Returns paragraphs and characters.
    """
    document = docx.Document()
    lines = ["青石镇公共服务设施管护办法", "第一条 为了加强公共服务设施管护，根据《优化营商环境条例》，制定本办法。"]
    article = 1
    while len(lines) < 290 * times:
        article += 1
        lines.append(f"第{article}条 {DUTIES[article % len(DUTIES)]}")
        lines += [f"（{'一二三'[item]}）{DUTIES[(article + item) % len(DUTIES)][:28]}；" for item in range(3)]
        if article == 20:
            lines.append("申请人应当提交村民委员会出具的无犯罪记录证明。")
    for line in lines:
        document.add_paragraph(line)
    cells = 0
    for _ in range(3 * times):
        table = document.add_table(rows=0, cols=4)
        for row in range(5):
            for cell, text in zip(table.add_row().cells, (str(row), "设施管护责任书", "镇人民政府", "2"), strict=True):
                cell.text = text
                cells += 1
    document.save(str(path))
    return len(lines) + cells, sum(map(len, lines))


# pip compiles what it installs; where Python is told to write no byte code, a working copy would be compiled each time.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: list[str], cache: str) -> float:
    environment = {**ENVIRONMENT, "LEGALCHECK_CACHE": cache}
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    elapsed = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
    return elapsed


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.docx"
        paragraphs, characters = make_draft(draft)
        commands = {
            "libraries": [sys.executable, "-c", LIBRARIES],
            "review": [str(SCRIPT), "review", str(draft)],
            "three": [str(SCRIPT), "review", str(draft), *(word for pack in THREE for word in ("--pack", pack))],
            "click": [sys.executable, "-c", "import click"],
            "help": [str(SCRIPT), "--help"],
        }
        # The prepared rules are kept between runs; "first" is what a run costs that finds none.
        commands["first"] = commands["review"]
        caches = dict.fromkeys(commands, str(Path(folder) / "cache")) | {"first": ""}
        for name, command in commands.items():  # once unmeasured: byte code, disk cache, prepared rules
            seconds(command, caches[name])
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):  # interleaved, so that a busy moment hits all alike
            for name, command in commands.items():
                times[name].append(seconds(command, caches[name]))
    median = {name: statistics.median(values) for name, values in times.items()}
    print(f"draft: {paragraphs} paragraphs, {characters} characters; median of {runs} interleaved runs")
    for name, base in (("review", "libraries"), ("three", "libraries"), ("help", "click")):
        ratio = median[name] / median[base]
        print(f"{name:7} {median[name]:.3f} s   {base:10} {median[base]:.3f} s   ratio {ratio:.2f}   goal <= 2.00")
    print(f"(three: with the packs {', '.join(THREE)} alone; review: with all)")
    print(f"first   {median['first']:.3f} s   (review without prepared rules, as in the very first run)")


if __name__ == "__main__":
    main()
