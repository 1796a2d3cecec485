"""What typer itself says, in Chinese: help pages and what is wrong with a command line."""

from typing import Any

import typer

OPTIONS = "[选项]"
SUBCOMMAND = "命令 …"

_FAULTS = {
    "NoSuchOption": "没有选项 {name}。",
    "BadOptionUsage": "选项 {name} 后面缺一个值。",
    "MissingParameter": "缺少 {name}。",
    "BadParameter": "{name} 的值不对：{message}",
}
_ANY_OTHER = "看不懂这条命令：{message}"
_TOO_MUCH = "Got unexpected extra argument(s) "

_Typers = Any
"""Typer keeps its types of context, option and formatter to itself."""


class InChinese:
    """A command or a group, mixed in before typer's class for it."""

    def get_usage(self, ctx: _Typers) -> str:
        """Return the line that shows how the command is written."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc] # of typer's class
        return usage.replace("Usage:", "用法：", 1)

    def get_help_option(self, ctx: _Typers) -> _Typers:
        """Return the option that shows the help page."""
        option = super().get_help_option(ctx)  # type: ignore[misc] # the same
        option.help = "显示这段说明。"
        return option

    def format_help(self, ctx: _Typers, formatter: _Typers) -> None:
        """Print the help page."""
        _name_panels()
        super().format_help(ctx, formatter)  # type: ignore[misc] # the same


def _name_panels() -> None:
    """Title the boxes of help pages; typer keeps the titles in its module."""
    from typer import rich_utils  # noqa: PLC0415 (half a second that only help pages need)

    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "（默认 {}）"
    rich_utils.REQUIRED_LONG_STRING = "（必填）"


def fault(error: typer.TyperException) -> tuple[str, str] | None:
    """Return what is wrong with the command line, and the next step.

    None if nothing is: who types too little to begin with was shown the help page.
    """
    said: _Typers = error
    if type(error).__name__ == "NoArgsIsHelpError":
        return None
    context = getattr(said, "ctx", None)
    command = "geshao" if context is None else context.command_path
    words = _FAULTS.get(type(error).__name__, _ANY_OTHER)
    message = words.format(name=_name(said), message=error.message)
    if error.message.startswith(_TOO_MUCH):
        message = f"多写了 {error.message.removeprefix(_TOO_MUCH).strip('()')}。"
    return message, f"运行 {command} --help 看怎么写。"


def _name(said: _Typers) -> str:
    """Return the option or argument that typer's error is about, as people type it."""
    parameter = getattr(said, "param", None)
    if parameter is None:
        return str(getattr(said, "option_name", ""))
    name: str = parameter.opts[0]
    return name if name.startswith("-") else parameter.metavar
