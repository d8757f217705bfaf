"""What a provider's refusal means, in the provider's own official words."""

from __future__ import annotations

import csv
import re
from functools import cache

from kazna.kernel.places import FORMATS

CODE = re.compile(r"ESIA-\d{6}")
PLAIN = {
    "access_denied": "вход отменён или не разрешён",
    "invalid_grant": "код входа просрочен или уже использован",
    "invalid_client": "система-клиент не опознана",
    "temporarily_unavailable": "сервис входа перегружен или на обслуживании",
    "server_error": "ошибка на стороне сервиса входа",
}


@cache
def official() -> dict[str, str]:
    """Meanings by code, `ESIA-007014`."""
    with (FORMATS / "esia" / "esia_error_codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["meaning_ru"] for row in csv.DictReader(file)}


def words_of(error: str | None, description: str | None) -> dict[str, str]:
    """Code and meaning; text of the provider that is not in the official list is not shown to people."""
    if (found := CODE.search(description or "")) and (meaning := official().get(found[0])):
        return {"code": found[0], "what": meaning[0].lower() + meaning[1:]}
    code = error if error and re.fullmatch(r"[a-z_]{1,40}", error) else "error"
    return {"code": code, "what": PLAIN.get(code, "вход не выполнен")}
