"""The language server as an editor uses it: over stdin and stdout, in a folder of law."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path

import pytest

from kazna.kernel.places import LAW, ROOT

lsp = pytest.importorskip("lsprotocol.types")
client_module = pytest.importorskip("pygls.lsp.client")

MEASURE = "measures/ru-birth-grant/2021-02-01.yaml"
SECONDS = 60  # of waiting for an answer before the test gives up


@pytest.fixture
def law(tmp_path: Path) -> Path:
    folder = tmp_path / "law"
    shutil.copytree(LAW, folder, ignore=shutil.ignore_patterns("examples", "schema"))
    return folder


async def conversation(law: Path, talk):
    """Start the server, open the measure, talk, shut down."""
    client = client_module.LanguageClient("test", "1")
    published: asyncio.Queue = asyncio.Queue()

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def _(parameters) -> None:
        published.put_nowait(parameters)

    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "ignore"}
    await client.start_io(
        sys.executable, "-m", "kazna.cli.main", "law", "language-server", env=environment, cwd=str(ROOT)
    )
    try:
        await client.initialize_async(
            lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=law.as_uri(), process_id=os.getpid())
        )
        client.initialized(lsp.InitializedParams())
        path = law / MEASURE
        text = path.read_text("utf-8")
        document = lsp.TextDocumentItem(path.as_uri(), "yaml", 1, text)
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))

        async def mistakes():
            return (await asyncio.wait_for(published.get(), SECONDS)).diagnostics

        await talk(client, path.as_uri(), text, mistakes)
        await client.shutdown_async(None)
        client.exit(None)
    finally:
        await client.stop()


def place_of(text: str, words: str):
    """The position right after the words."""
    before = text[: text.index(words) + len(words)]
    return lsp.Position(before.count("\n"), len(before.rpartition("\n")[2]))


def test_mistakes_names_and_hovers(law):
    async def talk(client, uri, text, mistakes):
        assert [one for one in await mistakes() if one.severity == lsp.DiagnosticSeverity.Error] == []

        wrong = text.replace("when: child.live_birth", "when: child.live_brith")
        version = lsp.VersionedTextDocumentIdentifier(2, uri)
        for typed in (text + "\n# а", wrong):  # typed quickly: only the last state is checked
            change = lsp.TextDocumentContentChangeWholeDocument(typed)
            client.text_document_did_change(lsp.DidChangeTextDocumentParams(version, [change]))
        (found,) = [one for one in await mistakes() if one.severity == lsp.DiagnosticSeverity.Error]
        assert "child.live_birth" in found.message
        assert found.range.start.line == wrong[: wrong.index("child.live_brith")].count("\n")
        assert found.range.end.character - found.range.start.character == len("child.live_brith")

        where = lsp.TextDocumentIdentifier(uri)
        completion = await client.text_document_completion_async(
            lsp.CompletionParams(where, place_of(wrong, "when: child.live_br"))
        )
        offered = {item.label: item for item in completion}
        assert offered["child.live_birth"].detail == "Ребёнок рождён живым"
        assert {"birth_grant", "add_months", "own_child", "otherwise"} <= offered.keys()
        assert offered["child.live_birth"].text_edit.range.start == found.range.start

        hover = await client.text_document_hover_async(
            lsp.HoverParams(where, place_of(wrong, "value: round_half_up(birth_gr"))
        )
        assert "Единовременное пособие при рождении ребёнка" in hover.contents.value
        assert "28 450,45 ₽" in hover.contents.value.replace("\N{NO-BREAK SPACE}", " ")

    asyncio.run(conversation(law, talk))
