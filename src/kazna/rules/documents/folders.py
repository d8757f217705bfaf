"""Folders of law that stand on one another: a region keeps its own measures and leans on the shared law.

`law.yaml` in a folder says which other folder it extends: `{extends: ../law}`, a path from this folder, or
`{extends: installed}`, the law that came with the program.
"""

from __future__ import annotations

from pathlib import Path

from kazna.kernel.places import LAW
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.strict_yaml import Unreadable, read_yaml
from kazna.rules.problems import Place

FILE = "law.yaml"
KEYS = ("title", "extends", "notes")
INSTALLED = "installed"


def law_folders(findings: Findings, law_dir: Path, base: Path | None = None) -> list[Path]:
    """The folder and those it extends, the farthest first. `base`: extended when law.yaml names none."""
    folders = [law_dir]
    while (below := _extended(findings, folders[0], base if len(folders) == 1 else None)) is not None:
        if below.resolve() in {folder.resolve() for folder in folders}:
            place = Place(f"{folders[0].name}/{FILE}", 1, 1)
            findings.add(
                place, "cycle", "Папки законов ссылаются друг на друга по кругу.", what_to_do="Уберите extends."
            )
            break
        folders.insert(0, below)
    return folders


def _extended(findings: Findings, folder: Path, base: Path | None) -> Path | None:
    path = folder / FILE
    if not path.exists():
        return base
    try:
        document = read_yaml(path, name=f"{folder.name}/{FILE}")
    except Unreadable as error:
        findings.problems.append(error.problem)
        return base
    findings.only_keys(document, KEYS, "паспорт папки законов")
    given = document.get("extends")
    word = findings.text(given)
    if not word or given is None:
        return base
    below = LAW if word == INSTALLED else (folder / word)
    if not below.is_dir():
        findings.add(
            given.place, "unknown_name", f"Папки «{word}» нет.",
            "Из неё берутся общий словарь и параметры.", f"Дайте путь от этой папки или слово {INSTALLED}.",
        )  # fmt: skip
        return None
    return below
