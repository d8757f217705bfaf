"""«Версия для слабовидящих»: size of type and colours, kept in a cookie for a year."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

COOKIE = "kazna_display"
YEAR_SECONDS = 365 * 24 * 3600
SIZES = {"normal": _("Обычный"), "large": _("Крупный"), "huge": _("Очень крупный")}
COLOURS = {
    "auto": _("Как в устройстве"),
    "light": _("Светлые"),
    "dark": _("Тёмные"),
    "contrast": _("Чёрным по белому"),
    "contrast-dark": _("Белым по чёрному"),
}


@dataclass(frozen=True, slots=True)
class Display:
    size: str = "normal"
    colours: str = "auto"


def display_of(request: HttpRequest) -> Display:
    """The visitor's setting; anything unknown in the cookie means the usual look."""
    size, _dot, colours = request.COOKIES.get(COOKIE, "").partition(".")
    return Display(size if size in SIZES else "normal", colours if colours in COLOURS else "auto")


def remember_display(response: HttpResponse, display: Display) -> None:
    response.set_cookie(
        COOKIE, f"{display.size}.{display.colours}", max_age=YEAR_SECONDS, samesite="Lax", httponly=True
    )
