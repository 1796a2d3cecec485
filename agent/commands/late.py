"""Commands that are loaded when they are called: some take seconds to load, a help page none."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from agent.commands.speak import complain, err, fail
from agent.commands.usage import OPTIONS, SUBCOMMAND, InChinese, fault

_USAGE = 2
"""The exit code for a command line that cannot be understood, the same as for a wrong file."""


class _Command(InChinese, TyperCommand):
    pass


class LateCommand(TyperCommand):
    """A command known by name and *help*; *where* its function is: `module:function`."""

    def __init__(self, name: str, where: str, help: str) -> None:  # noqa: A002 (typer's word)
        super().__init__(name, help=help)
        self._where = where

    def load(self) -> Any:  # noqa: ANN401 (typer keeps the type to itself)
        """Return the command itself, with its options."""
        module, function = self._where.split(":")
        with _starting(), _nothing_to_collect():
            run = getattr(import_module(module), function)
        single = typer.Typer(add_completion=False)
        single.command(self.name, cls=_Command, help=self.help, options_metavar=OPTIONS)(run)
        return typer.main.get_command(single)


class Commands(InChinese, TyperGroup):
    """A group of commands; what goes wrong in one ends in a sentence and an exit code."""

    def __init__(self, name: str, help: str, *commands: "LateCommand | Commands") -> None:  # noqa: A002 (the same)
        super().__init__(
            name=name,
            help=help,
            commands=commands,
            no_args_is_help=True,
            options_metavar=OPTIONS,
            subcommand_metavar=SUBCOMMAND,
        )

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:  # noqa: ANN401 (the same)
        """Return what *args* call, loaded, and the arguments for it."""
        if args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands, n=1)
            hint = f"是不是想写 {near[0]}？" if near else ""
            complain(
                f"没有命令 {args[0]}。{hint}", f"运行 {ctx.command_path} --help 看有哪些命令。"
            )
            raise typer.Exit(_USAGE)
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, LateCommand) else command, rest

    def main(self, *args: Any, **settings: Any) -> NoReturn:  # noqa: ANN401 (the same)
        """Run what *args* call; end the program."""
        try:
            code = super().main(*args, **{**settings, "standalone_mode": False})
        except typer.TyperException as error:
            wrong = fault(error)
            if wrong is not None:
                complain(*wrong)
            code = _USAGE
        except typer.Abort:
            complain("没有输入，什么也没有做。", "")
            code = 1
        except Exception as error:  # noqa: BLE001 (nobody above explains it)
            code = fail(error)
        sys.exit(code or 0)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Keep the collector from going through all that is loaded, now and ever after: it stays.

    It would do so dozens of times, which is a sixth of what loading takes.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _starting() -> Iterator[None]:
    """Show on a terminal that something is going on."""
    if not err.is_terminal:
        yield
        return
    with err.status("正在启动鸽哨…"):
        yield
