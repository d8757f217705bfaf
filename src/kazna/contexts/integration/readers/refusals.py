"""How a reader says no: an exception that carries the remarks; it never leaves the reading of one document."""

from __future__ import annotations

from typing import Any

from kazna.contexts.integration.remarks import Remark, remark


class Unreadable(Exception):
    """The document cannot be read any further."""

    def __init__(self, *remarks: Remark) -> None:
        super().__init__(*(one.code for one in remarks))
        self.remarks = remarks


def unreadable(code: str, where: str, **facts: Any) -> Unreadable:
    return Unreadable(remark(code, where, **facts))
