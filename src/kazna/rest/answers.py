"""Answers to machines: JSON, Russian in it as it is; one shape of refusals."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse
from ninja import Schema
from pydantic import Field

READABLE = {"ensure_ascii": False}
PAGE, LARGEST_CURSOR = 200, 2**63 - 1


class Trouble(Schema):
    code: str
    what: str = Field(description="Что случилось")
    what_to_do: str = Field(description="Что делать; бывает пусто")


class Refusal(Schema):
    """An error about the whole request; errors in documents and records stand in their remarks."""

    error: Trouble


REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Refusal)


def answer(body: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status, json_dumps_params=READABLE)


def refusal(status: int, code: str, what: str, what_to_do: str = "") -> JsonResponse:
    """In the shape of `Refusal`."""
    return answer({"error": {"code": code, "what": what, "what_to_do": what_to_do}}, status)


def key_refused() -> JsonResponse:
    told = refusal(
        401, "key_wrong", "Отправитель не назван или ключ не подходит.",
        "Проверьте заголовки X-Agency и X-Agency-Key или Authorization: Bearer; ключи выдаёт администратор.",
    )  # fmt: skip
    told["WWW-Authenticate"] = "Bearer"
    return told
