"""Bring the table of fact kinds in line with the release of the law: every `kinds` section of law/facts."""

from __future__ import annotations

from kazna.contexts.registers import kinds
from kazna.contexts.registers.models import FactKind


def load_kinds() -> int:
    """Bring the table of fact kinds in line with law/facts/catalogue*.yaml; return their number.

    What two people changed here stays as they left it; `kazna facts kinds diff` shows how it differs.
    """
    changed = set(FactKind.objects.exclude(origin="release").values_list("code", flat=True))
    released = kinds.released()
    rows = [FactKind(code=code, **told) for code, told in released.items() if code not in changed]
    FactKind.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=[*kinds.FIELDS, "origin"]
    )
    return len(released)
