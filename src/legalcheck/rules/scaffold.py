"""A new rule to start from."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import UsageError, reason

_PACK = """name: {name}
title: 本单位规则
version: 1.0.0
jurisdiction: 本地
footing: 请写明规则的总依据
"""

_RULE = """id: {rule_id}
title: 请写明规则名称
severity: minor # blocking 必须改正 | major 应当修改 | minor 建议完善
category: form # 运行 legalcheck rules list 可以看到各类别
provenance: memory # verified 依据已核对原文 | partly 部分核对 | memory 未核对(不得为 blocking)
# 写法:{{词表}}…{{词表}},… 表示同一句内的任意文字;词表在 corpora/lexicon 中;其余为 RE2 正则。
when:
  - "请写明要找的说法"
unless: [] # 哪些语境下不报:basis 写明依据,organ 义务主体是机关,voluntary 可以选择 ……
ground:
  - {{title: 请写明法律法规名称, article: 第一条}}
message: 请写明问题
advice: 请写明怎么改
examples: # 正反例各至少三个,就是规则的检验
  violates:
    - 请写明要找的说法，例一。
    - 请写明要找的说法，例二。
    - 请写明要找的说法，例三。
  passes:
    - 看起来相似但合法的说法，例一。
    - 看起来相似但合法的说法，例二。
    - 看起来相似但合法的说法，例三。
"""


def create(rule_id: str, folder: Path) -> list[Path]:
    """Write ``<rule_id>.yaml``, and ``pack.yaml`` where there is none; returns the new files.

    Raises `UsageError` for an id that is no rule id, and where the rule is there already.
    """
    if not re.fullmatch(r"[A-Z]{2,8}-\d{3}", rule_id):
        raise UsageError(f"规则编号“{rule_id}”格式不符，应当形如 OWN-001。")
    path = folder / f"{rule_id}.yaml"
    if path.exists():
        raise UsageError(f"{path} 已经存在，没有改动；请换一个编号。")
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pack = folder / "pack.yaml"
        if not pack.exists():
            name = re.sub(r"[^a-z0-9_-]", "", folder.resolve().name.lower()).lstrip("0123456789_-") or "own"
            pack.write_text(_PACK.format(name=name), "utf-8")
            made.append(pack)
        path.write_text(_RULE.format(rule_id=rule_id), "utf-8")
    except OSError as error:
        raise UsageError(f"无法写入 {folder}（{reason(error)}），请换一个文件夹。") from error
    return [*made, path]
