"""The files of the law: of one folder, or of several that stand on one another, read in a fixed order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.strict_yaml import Unreadable, parse_without, parse_yaml, read_text, read_yaml

Texts = Mapping[Path, str]
NO_TEXTS: Texts = {}
Tests = Callable[[], tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class LawFiles:
    """`folders`: the extended law first. `texts`: what stands in an editor instead of a file (resolved path → text)."""

    findings: Findings
    folders: Sequence[Path]
    texts: Texts

    def documents(self, pattern: str) -> Iterator[tuple[Path, Entry]]:
        """Every document that can be read, with its file; what is wrong with the others is noted."""
        for folder in self.folders:
            for path in sorted(folder.glob(pattern)):
                document = self._document(folder, path)
                if document is not None:
                    yield path, document

    def sections(self, part: str, names: Sequence[str]) -> dict[str, list[Entry]]:
        """The sections of all files of a subfolder by name; a key nobody reads is noted."""
        found: dict[str, list[Entry]] = {name: [] for name in names}
        for _, document in self.documents(f"{part}/*.yaml"):
            if self.findings.only_keys(document, names, f"файл папки {part}"):
                for name, section in document.items():
                    if name in found and section.is_map:
                        found[name].append(section)
        return found

    def measures(self) -> Iterator[tuple[Path, Entry, Tests | None]]:
        """Every measure without its examples, which are read when first wanted; None when it has none to cut off."""
        for folder in self.folders:
            for path in sorted(folder.glob("measures/*/*.yaml")):
                name = str(path.relative_to(folder.parent))
                try:
                    text = self._typed(path) or read_text(path, name=name)
                    document, is_cut = parse_without("tests", text, name=name)
                except Unreadable as error:
                    self.findings.problems.append(error.problem)
                    continue
                yield path, document, _tests(text, name) if is_cut else None

    def digest(self) -> str:
        """Of the names and bytes of every document: a release is the files as they are."""
        found = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(folder.rglob("*.yaml")):
                content = path.read_bytes()
                found.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
        return found.hexdigest()

    def _document(self, folder: Path, path: Path) -> Entry | None:
        name = str(path.relative_to(folder.parent))
        typed = self._typed(path)
        try:
            return read_yaml(path, name=name) if typed is None else parse_yaml(typed, name=name)
        except Unreadable as error:
            self.findings.problems.append(error.problem)
            return None

    def _typed(self, path: Path) -> str | None:
        return self.texts.get(path.resolve()) if self.texts else None


def _tests(text: str, name: str) -> Callable[[], tuple[Entry, ...]]:
    """The examples of a document, read when first wanted: a running service never wants them."""

    def read() -> tuple[Entry, ...]:
        section = parse_yaml(text, name=name).get("tests")
        return tuple(section.parts()) if section is not None else ()

    return read
