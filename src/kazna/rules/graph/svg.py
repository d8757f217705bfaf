"""The picture itself: SVG that screen readers can read, with no scripts and no fonts of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape

from kazna.rules.graph.layout import placed
from kazna.rules.graph.model import Box, Graph

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN, HEAD = 270, 24, 120, 8, 24, 64
LETTERS = 33
KINDS = {
    "measure": ("мера", "#dbe7f6"),
    "condition": ("условие", "#e4f1dd"),
    "result": ("сумма и срок", "#e4f1dd"),
    "step": ("шаг", "#f2f2f2"),
    "definition": ("общее правило", "#efe3f5"),
    "fact": ("сведения", "#fff3d6"),
    "people": ("список людей", "#fde2d4"),
    "figure": ("число закона", "#d9f0f0"),
    "table": ("таблица", "#d9f0f0"),
}
STYLE = (
    "text{font:12px sans-serif;fill:#1d1d1d}.head{font-size:16px;font-weight:bold}.a{fill:none;stroke:#8a8f98;"
    "stroke-opacity:.55}.a:hover{stroke:#0b4fb3;stroke-opacity:1;stroke-width:2}rect{stroke:#5b6370}"
)


def draw(graph: Graph) -> str:
    """The SVG document: columns from left to right, each box with its full title as a tooltip."""
    layout = placed(graph)
    width = 2 * MARGIN + layout.columns * (WIDTH + GAP_X) - GAP_X
    height = HEAD + MARGIN + max(layout.rows, 1) * (HEIGHT + GAP_Y)
    places = {
        name: (MARGIN + column * (WIDTH + GAP_X), HEAD + row * (HEIGHT + GAP_Y))
        for name, (column, row) in layout.places.items()
    }
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="{width}" '
        f'height="{height:g}" viewBox="0 0 {width} {height:g}">',
        f'<title id="title">{escape(graph.title)}</title>',
        f'<desc id="desc">{escape(description(graph))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height:g}" fill="#ffffff" stroke="none"/>',
        f'<text class="head" x="{MARGIN}" y="24">{escape(graph.title)}</text>',
        *_legend(graph),
        *(_arrow(graph, places, *arrow) for arrow in graph.arrows),
        *(_box(box, *places[name]) for name, box in graph.boxes.items()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def description(graph: Graph) -> str:
    """What the picture shows, for those who do not see it: counts, then who reads what."""
    counts = Counter(KINDS[box.kind][0] for box in graph.boxes.values())
    told = ", ".join(f"{kind} — {count}" for kind, count in counts.items())
    reads: dict[str, list[str]] = {}
    for reader, read in graph.arrows:
        reads.setdefault(reader, []).append(graph.boxes[read].title)
    lines = [f"{graph.boxes[reader].title} читает: {'; '.join(titles)}." for reader, titles in reads.items()]
    return f"Всего: {told}. " + " ".join(lines)


def _legend(graph: Graph) -> list[str]:
    kinds = dict.fromkeys(KINDS[box.kind] for box in graph.boxes.values())
    parts, left = [], float(MARGIN)
    for word, colour in kinds:
        parts.append(f'<rect x="{left:g}" y="36" width="14" height="14" fill="{colour}"/>')
        parts.append(f'<text x="{left + 20:g}" y="48">{word}</text>')
        left += 40 + 7.5 * len(word)
    return parts


def _box(box: Box, x: float, y: float) -> str:
    short = box.title if len(box.title) <= LETTERS else box.title[: LETTERS - 1].rstrip() + "…"
    word, colour = KINDS[box.kind]
    told = f"{word}: {box.title} ({box.id.partition(':')[2]})"
    return (
        f"<g><title>{escape(told)}</title>"
        f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="4" fill="{colour}"/>'
        f'<text x="{x + 8:g}" y="{y + 16:g}">{escape(short)}</text></g>'
    )


def _arrow(graph: Graph, places: Mapping[str, tuple[float, float]], reader: str, read: str) -> str:
    (x1, y1), (x2, y2) = places[reader], places[read]
    x1, y1, y2 = x1 + WIDTH, y1 + HEIGHT / 2, y2 + HEIGHT / 2
    bend = (x2 - x1) / 2
    said = escape(f"{graph.boxes[reader].title} → {graph.boxes[read].title}")
    return (
        f'<path class="a" d="M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}">'
        f"<title>{said}</title></path>"
    )
