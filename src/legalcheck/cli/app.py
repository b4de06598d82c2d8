"""The root command, its lazily loaded subcommands, and the last line of defence against tracebacks."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from .. import __version__
from ..errors import LegalcheckError, reason
from .chinese import Group, sentence
from .output import complain

# name: (module in this package, what the command does). The help page is made from this table alone.
COMMANDS = {
    "review": ("review", "审查送审稿，列出问题、依据和修改建议"),
    "clear": ("clear", "处理问题：依据充分、误报、未采纳；或者撤销处理"),
    "opinion": ("opinion", "签署并写出合法性审核意见书（.docx）"),
    "gate": ("gate", "能否提请集体审议：0 可以，1 不得，2 无法判断"),
    "status": ("status", "全部送审稿：到哪一步、还剩几个工作日、等什么"),
    "record": ("record", "登记送审、受理等步骤，查看和核验台账"),
    "sweep": ("sweep", "成批审查现行文件，提出废止、修改、保留的建议"),
    "affected": ("affected", "查一部法规、一项证明或者审批涉及哪些文件"),
    "text": ("text", "按 Word 显示的编号输出送审稿的全部文字"),
    "rules": ("rules", "列出、解释和自测审查规则"),
    "corpus": ("corpus", "查看法规目录，导入本单位的法规文本"),
    "init": ("init", "生成带说明的配置文件 legalcheck.toml"),
}


class Root(Group):
    """A group that imports a command's module only when that command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module = import_module(f"{__package__}.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [(name, summary) for name, (_, summary) in COMMANDS.items()]


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"legalcheck {__version__}")
        ctx.exit()


_EPILOG = """\b
退出码：
  0  没有达到 --fail-on 级别的问题
  1  有达到该级别的问题
  2  命令、配置有误，或者文件无法读取"""


@click.group(cls=Root, epilog=_EPILOG)
@click.option(
    "-V", "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="显示版本。"
)
def root() -> None:
    """行政规范性文件合法性审核：读取 Word 送审稿（.docx），按规则包逐条审查，列出提请集体审议前必须处理的问题。"""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; whatever happens, the user gets a sentence, not a traceback."""
    try:
        result = root.main(arguments, prog_name="legalcheck", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        complain(sentence(error))
        return 2
    except LegalcheckError as error:
        complain(str(error))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("已中断。")
        return 130
    except BrokenPipeError:
        # The reader (head, less) has gone. Python would complain once more when it closes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except OSError as error:
        if os.environ.get("LEGALCHECK_DEBUG"):
            raise
        complain(f"无法完成读写（{reason(error)}），请检查磁盘和权限后再试。")
        return 2
    except Exception as error:
        complain(unexpected(error))
        return 2


def unexpected(error: Exception) -> str:
    """The sentence for a defect of legalcheck itself. With LEGALCHECK_DEBUG=1 the traceback is printed as well."""
    if os.environ.get("LEGALCHECK_DEBUG"):
        import traceback

        traceback.print_exception(error)
    return (
        f"legalcheck {__version__} 内部出错（{type(error).__name__}），请设置环境变量 LEGALCHECK_DEBUG=1 后重新运行，"
        "把输出连同文件一起报告给维护者。"
    )
