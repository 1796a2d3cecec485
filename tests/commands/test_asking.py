"""Asking at the terminal, while other things go on."""

import io
import sys

import pytest
import typer

from agent.commands.asking import ask


async def test_answer_is_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The question stands beside the results, and is printed as it is."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(" 虚构平台 \n"))

    assert " 虚构平台 " == await ask("叫什么 [bold]：")
    assert ("", "叫什么 [bold]：") == capsys.readouterr()


async def test_end_of_input_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who closes the terminal has broken off."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    with pytest.raises(typer.Abort):
        await ask("叫什么：")
