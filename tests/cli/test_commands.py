"""The command as a whole: help for every part, refusals in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
import pytest

from kazna.cli.main import kazna


def every(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, part in command.commands.items():
            yield from every(part, *path, name)


COMMANDS = list(every(kazna))


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) or "kazna" for path, _ in COMMANDS])
def test_every_command_helps(run, path, command):
    result = run(*path, "--help")

    assert result.code == 0
    assert command.help.split("\n")[0] in result.out.replace("\n  ", " ")


def test_a_foreseen_refusal_is_one_line_and_code_2(platform, monkeypatch, capsys):
    from kazna.cli.main import main

    monkeypatch.setattr(sys, "argv", ["kazna", "explain", "00000000-0000-0000-0000-000000000000"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
    assert capsys.readouterr().err == "Такого решения нет или оно вам недоступно.\n"
