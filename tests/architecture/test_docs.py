"""Documents stay true: generated pages are as generated, links lead somewhere, commands named exist."""

import re
import runpy
import subprocess
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from kazna.cli.main import kazna
from kazna.kernel.places import ROOT

GENERATOR = runpy.run_path(str(ROOT / "docs" / "generate.py"))
LINK = re.compile(r"\]\(<?([^)#>\s]+)[^)]*\)")
COMMAND = re.compile(r"(?:\.venv/bin/|`|^)kazna ([a-z-]+)(?: ([a-z-]+))?", re.MULTILINE)
MAKE = re.compile(r"(?:`|^)make ([a-z]+)", re.MULTILINE)


def documents() -> list[Path]:
    """Markdown of the project that git keeps or is about to keep."""
    told = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for name in told.stdout.splitlines() if (path := ROOT / name).exists()]


DOCUMENTS = documents()
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])


@pytest.mark.parametrize("name", GENERATOR["PAGES"])
def test_a_generated_page_is_as_generated(name):
    committed = (GENERATOR["REFERENCE"] / name).read_text("utf-8")

    assert committed == GENERATOR["PAGES"][name](), "run `make docs` and commit the page"


def test_numbers_of_decisions_are_unique_and_without_holes():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1)), "take the next free number and mend the links"


@each_document
def test_links_lead_somewhere(path):
    links = [unquote(link) for link in LINK.findall(path.read_text("utf-8"))]
    here = [link for link in links if ":" not in link]

    assert [link for link in here if not (path.parent / link).exists()] == []


@each_document
def test_commands_named_exist(path):
    for name, part in COMMAND.findall(path.read_text("utf-8")):
        assert name in kazna.commands, f"kazna {name}"
        command = kazna.commands[name]
        if isinstance(command, click.Group) and part:
            assert part in command.commands, f"kazna {name} {part}"


@each_document
def test_make_targets_named_exist(path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert set(MAKE.findall(path.read_text("utf-8"))) <= targets
