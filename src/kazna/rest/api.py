"""REST for machines, under /api/: one description for all callers (/api/v1/), one shape of refusals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from kazna.contexts.disclosure import public as disclosure
from kazna.kernel.errors import DomainError
from kazna.rest import applications, packages, people
from kazna.rest.answers import READABLE, key_refused, refusal

STATUSES = people.STATUSES | packages.STATUSES | applications.STATUSES
LOOK = "Сверьте его с описанием: /api/v1/."


class Readable(JSONRenderer):
    """Russian in answers as it is."""

    json_dumps_params = READABLE


api = NinjaAPI(
    renderer=Readable(), title="Казна: обмен с системами", version="1", docs_url=None,
    openapi_url="v1/openapi.json", urls_namespace="machines",
    description="Сведения о человеке по соглашению (цель, основание, перечень полей и территория стоят в нём; каждый "
    "запрос записан, человек видит его в личном кабинете), пакеты ЕГИССО в JSON, заявления от ведомств.",
)  # fmt: skip
api.add_router("v1/", people.router)
api.add_router("egisso/v1/", packages.router)
api.add_router("applications/", applications.router)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, problem: DomainError) -> HttpResponse:
    """The sentence of the domain, and when to come again."""
    status, code = next((told for kind, told in STATUSES.items() if isinstance(problem, kind)), (409, "refused"))
    answer = refusal(status, code, str(problem))
    if isinstance(problem, disclosure.LimitReached):
        answer["Retry-After"] = str(problem.seconds)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    return key_refused()


@api.exception_handler(ValidationError)
def misunderstood(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """Where the request is wrong; values are not repeated, they may be personal."""
    places = ", ".join(sorted({".".join(map(str, one["loc"])) for one in problem.errors}))[:500]
    return refusal(422, "request_wrong", f"Запрос не по описанию: {places}.", LOOK)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return refusal(problem.status_code, "request_unreadable", "Тело запроса не читается как JSON.", LOOK)
