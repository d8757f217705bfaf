"""Names of regions by their two digits, as every screen says them."""

from __future__ import annotations

from functools import lru_cache

from kazna.contexts.egisso import public as egisso


def region(code: str | None) -> str:
    """«77» → «Москва»; what is no code of a region as it is, «» for nothing."""
    return _names().get(code or "", code or "")


def place_of_oktmo(oktmo: str) -> str:
    """A region by its ОКТМО «45000000» → «Москва»; a smaller place as «ОКТМО 45380000, Москва»."""
    name = dict(egisso.regions()).get(oktmo[:2], "")
    return name if name and not oktmo[2:].strip("0") else f"ОКТМО {oktmo}, {name}" if name else oktmo


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return dict(egisso.region_codes())
