"""`kazna law language-server`: the checks of the law inside any editor that speaks LSP (stdin and stdout)."""

from __future__ import annotations

import asyncio
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

PAUSE_SECONDS = 0.3  # checked when the author has stopped typing for so long


@click.command("language-server")
def language_server() -> None:
    """Serve an editor: mistakes as you type, names with titles, what stands behind a name."""
    if find_spec("pygls") is None:
        click.echo("Не установлен pygls. Установите: pip install 'kazna[editor]'.", err=True)
        sys.exit(2)
    server().start_io()


def law_of(path: Path) -> Path | None:
    """The folder of law that holds the document: it has law.yaml, or measures and facts; None outside any."""
    for folder in path.parents:
        if (folder / "law.yaml").exists() or ((folder / "measures").is_dir() and (folder / "facts").is_dir()):
            return folder
    return None


def mistakes(path: Path, text: str) -> list[Any]:
    """The problems of one document as it stands in the editor, in the engine's own terms."""
    from kazna.rules.check import check_library
    from kazna.rules.library import read_library

    folder = law_of(path)
    if folder is None:
        return []
    library, problems = read_library(folder, texts={path.resolve(): text})
    if library is not None and not any(problem.severity == "error" for problem in problems):
        problems = check_library(library, measures={path.parent.name})
    return [problem for problem in problems if (folder.parent / problem.file).resolve() == path.resolve()]


@cache
def names_of(folder: Path, changed: float) -> dict[str, Any]:
    """Offers by name; read anew when a document of the folder changed."""
    from kazna.rules.editor import offers
    from kazna.rules.library import read_library

    library, _ = read_library(folder)
    return {offer.name: offer for offer in offers(library)} if library is not None else {}


def known_names(path: Path) -> dict[str, Any]:
    folder = law_of(path)
    if folder is None:
        return {}
    shared = [file for part in ("facts", "parameters", "definitions") for file in (folder / part).glob("*.yaml")]
    return names_of(folder, max((file.stat().st_mtime for file in shared), default=0.0))


def server() -> Any:
    """The server with its features; pygls is imported only here."""
    from lsprotocol import types as lsp
    from pygls.lsp.server import LanguageServer
    from pygls.uris import to_fs_path

    from kazna.rules.editor import WORD, word_at

    sorts = {
        "fact": lsp.CompletionItemKind.Field,
        "people": lsp.CompletionItemKind.Class,
        "parameter": lsp.CompletionItemKind.Constant,
        "definition": lsp.CompletionItemKind.Reference,
        "function": lsp.CompletionItemKind.Function,
        "keyword": lsp.CompletionItemKind.Keyword,
    }
    found = LanguageServer("kazna-law", "1")
    waiting: dict[str, asyncio.Task[None]] = {}

    def path_of(uri: str) -> Path:
        return Path(to_fs_path(uri) or "")

    def diagnostic(problem: Any, lines: list[str]) -> lsp.Diagnostic:
        row, column = problem.line - 1, problem.column - 1
        line = lines[row] if row < len(lines) else ""
        word = WORD.match(line, column)
        severity = lsp.DiagnosticSeverity.Error if problem.severity == "error" else lsp.DiagnosticSeverity.Warning
        return lsp.Diagnostic(
            range=lsp.Range(lsp.Position(row, column), lsp.Position(row, word.end() if word else column + 1)),
            message=" ".join(part for part in (problem.what, problem.why, problem.what_to_do) if part),
            severity=severity,
            code=problem.code,
            source="kazna",
        )

    async def look(uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        document = found.workspace.get_text_document(uri)
        problems = await asyncio.to_thread(mistakes, path_of(uri), document.source)
        told = [diagnostic(problem, document.lines) for problem in problems]
        found.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, told, version=document.version))

    def look_soon(uri: str, pause: float) -> None:
        if uri in waiting:
            waiting[uri].cancel()
        waiting[uri] = asyncio.ensure_future(look(uri, pause))

    @found.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(parameters: lsp.DidOpenTextDocumentParams) -> None:
        look_soon(parameters.text_document.uri, 0)

    @found.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(parameters: lsp.DidChangeTextDocumentParams) -> None:
        look_soon(parameters.text_document.uri, PAUSE_SECONDS)

    @found.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["."]))
    def complete(parameters: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        uri, position = parameters.text_document.uri, parameters.position
        lines = found.workspace.get_text_document(uri).lines
        line = lines[position.line] if position.line < len(lines) else ""
        begun = next(
            (one.start() for one in WORD.finditer(line) if one.start() <= position.character <= one.end() + 1), None
        )
        place = lsp.Range(lsp.Position(position.line, position.character if begun is None else begun), position)
        return [
            lsp.CompletionItem(
                label=offer.name,
                kind=sorts[offer.sort],
                detail=offer.title,
                documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, offer.help),
                text_edit=lsp.TextEdit(place, offer.name),
            )
            for offer in known_names(path_of(uri)).values()
        ]

    @found.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(parameters: lsp.HoverParams) -> lsp.Hover | None:
        uri, position = parameters.text_document.uri, parameters.position
        lines = found.workspace.get_text_document(uri).lines
        line = lines[position.line] if position.line < len(lines) else ""
        word, start, end = word_at(line, position.character)
        offer = known_names(path_of(uri)).get(word)
        if offer is None:
            return None
        place = lsp.Range(lsp.Position(position.line, start), lsp.Position(position.line, end))
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, offer.help), place)

    return found
