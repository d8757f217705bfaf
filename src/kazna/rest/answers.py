"""Answers to machines: JSON, Russian in it as it is."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse

READABLE = {"ensure_ascii": False}


def answer(body: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status, json_dumps_params=READABLE)


def refusal(status: int, code: str, what: str, what_to_do: str) -> JsonResponse:
    """An error about the whole request; errors in documents stand in their remarks."""
    return answer({"error": {"code": code, "what": what, "what_to_do": what_to_do}}, status)


def key_refused() -> JsonResponse:
    return refusal(
        401, "key_wrong", "Отправитель не назван или ключ не подходит.",
        "Проверьте заголовки X-Agency и X-Agency-Key; ключи выдаёт администратор приёма.",
    )  # fmt: skip
