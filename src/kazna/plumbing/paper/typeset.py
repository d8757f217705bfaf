"""Set a PDF from a typst template and plain data, in one full font: a subset garbles digits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
NARROW_SPACE, SPACE = "\u202f", "\u00a0"  # the font has no narrow space


def typeset(template: Path, data: Mapping[str, Any], *, files: Mapping[str, bytes] = {}) -> bytes:
    """The PDF of a template that reads `sys.inputs.data` (JSON); `files` are beside it by name.

    Data is never markup: the template only puts it in as text. The same data gives the same bytes.
    """
    text = json.dumps(data, ensure_ascii=False).replace(NARROW_SPACE, SPACE)
    sources = {"main.typ": template.read_bytes(), **files}
    made = _typst().compile(
        sources,
        font_paths=_fonts(),
        sys_inputs={"data": text},
        timestamp=datetime(2000, 1, 1, tzinfo=UTC),
    )
    return bytes(made)


@cache
def _typst() -> Any:
    import typst  # 40 MB of native code: only processes that print need it

    return typst


@cache
def _fonts() -> Any:
    """Read once: a quarter of what a page costs."""
    return _typst().Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
