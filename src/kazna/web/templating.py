"""The Jinja2 environment of all screens."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kazna.web import colleagues, declension, facts, regions, typography, words
from kazna.web.fixed_words import SpokenEnvironment
from kazna.web.language_of_parts import in_its_language, without_marks


def environment(**options: Any) -> Environment:
    """Autoescaping, strict about missing names, speaking the language of the request."""
    result = SpokenEnvironment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    result.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    result.globals.update(_=_text, static=lru_cache(static), url=_address, language=translation.get_language)
    result.filters.update(
        money=typography.money,
        large_money=typography.large_money,
        typeset=typography.typeset,
        took=typography.took,
        iso_day=typography.iso_day,
        day=typography.day,
        short_day=typography.short_day,
        month=typography.month,
        moment=typography.moment,
        days=typography.days,
        number=typography.number,
        snils=typography.snils,
        parameter_value=typography.parameter_value,
        word=words.word,
        colleague=colleagues.colleague,
        fact_of=facts.fact_words,
        genitive=declension.genitive,
        dative=declension.dative,
        accusative=declension.accusative,
        region=regions.region,
        place_of_oktmo=regions.place_of_oktmo,
        in_its_language=in_its_language,
        without_marks=without_marks,
    )
    return result


@lru_cache(maxsize=16_384, typed=True)
def _address(name: str, *args: Any, **named: Any) -> str:
    """A page has dozens of them: in the menu, above and below; lists lead to the same people and codes again."""
    return reverse(name, args=args, kwargs=named)


def _text(message: str, **told: Any) -> Markup:
    """A page has hundreds: each is looked up in the catalogue once a language. `%` is written twice, as in Jinja."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if told and language != settings.LANGUAGE_CODE:
        told = {name: in_its_language(value) if isinstance(value, str) else value for name, value in told.items()}
    return _translated(message, language) % told


@lru_cache(maxsize=16_384)
def _translated(message: str, _language: str) -> Markup:
    return Markup(typography.glued(translation.gettext(message)))
