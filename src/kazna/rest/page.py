"""The OpenAPI description as a page for people, drawn here: no scripts and nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.rest.api import api


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/."""
    schema: dict[str, Any] = api.get_openapi_schema()
    schemas = schema["components"]["schemas"]
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "title": told.get("summary", ""),
            "about": told.get("description", ""),
            "parameters": told.get("parameters", []),
            "body": _fields(told, schemas),
            "answers": {code: one.get("description", "") for code, one in told["responses"].items()},
        }
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]
    return render(request, "agency/api.html", {"info": schema["info"], "operations": operations})


def _fields(told: dict[str, Any], schemas: dict[str, Any]) -> dict[str, str]:
    """Names and meanings of the body's fields."""
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return {field: one.get("description", "") for field, one in schemas.get(name, {}).get("properties", {}).items()}
