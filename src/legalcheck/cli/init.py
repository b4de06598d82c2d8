"""``legalcheck init``: a configuration file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import UsageError
from .chinese import Command
from .output import OutputFile

TEMPLATE = """\
# legalcheck 配置文件。放在送审稿所在的文件夹或者它的上级文件夹，审查时自动采用。
# 行首的 # 表示注释；去掉 # 即可启用该项。命令行上写的选项优先于这里的设置。

[review]
# 用哪些规则包；不写时用全部。运行 legalcheck rules list 查看。
# packs = ["certificates", "approvals", "basis"]

# 只用、不用哪些规则，写编号或者前缀。略去的规则会在报告中注明。
# select = ["CERT", "PERM-001"]
# ignore = ["BASIS-008"]

# 有这一级别及以上的问题时退出码为 1：
#   blocking 必须改正    major 应当修改    minor 建议完善    never 从不
fail_on = "major"

# 审查基准日，按这一天有效的法律审查；不写时为当天。
# as_of = 2026-11-23

# 效力位阶：normative 行政规范性文件    dept_rule 部门规章    local_rule 地方政府规章
#           local_regulation 地方性法规    admin_regulation 行政法规    law 法律
level = "normative"

[packs]
# 本单位自己的规则包，即含有 pack.yaml 的文件夹，路径相对于本文件。
# folders = ["rules"]

[corpora]
# 本单位导入的法规目录（legalcheck corpus import 生成），优先于自带的目录。
# statutes = ["own-statutes.jsonl"]
# 本地的有效期、征求意见期限等：自带档案的名称，如 "national"，或者照它的样子另写的文件。
# profile = "profile.toml"

[record]
# 台账：SQLite 文件（路径相对于本文件），或者 PostgreSQL 地址，如 postgresql://用户@主机/数据库；
# 不写时是本文件旁边的 .legalcheck/ledger.db，在哪个文件夹运行都一样。
# ledger = ".legalcheck/ledger.db"
# 台账的编号（legalcheck record verify 第一行显示）；写明后，换一个台账不会放行。
# ledger_id = ""

# 人员名册：姓名、单位、角色。角色有 起草、办公机构、审核、审核负责人、法律顾问、签发，一人可以有几个；
# 任何人不能审核本单位起草的文件。account 是只能由其使用的系统账户，since、until 是任职起止日期，都可以不写。
# [[people]]
# name = "王敏"
# unit = "司法所"
# roles = ["审核"]
# account = "wangmin"
# since = 2024-01-01
# until = 2028-12-31
"""


@click.command("init", cls=Command, short_help="生成带说明的配置文件 legalcheck.toml")
def command() -> int:
    """在当前文件夹生成带说明的配置文件 legalcheck.toml；已有的文件不会改动。"""
    from ..config import FILE_NAME

    if Path(FILE_NAME).exists():
        raise UsageError(f"当前文件夹已有 {FILE_NAME}，没有改动；要重新生成，请先把它改名或者删除。")
    OutputFile(FILE_NAME).write(TEMPLATE)
    click.echo(f"已生成 {FILE_NAME}，请按说明修改。")
    return 0
