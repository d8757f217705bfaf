"""Words fixed at compiling are those of the request's language; what a page says of its own stays its own."""

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import DictLoader, nodes

from kazna.web.fixed_words import SpokenEnvironment
from kazna.web.templating import environment


@pytest.fixture
def screens() -> SpokenEnvironment:
    texts = {
        "page.html": '{% from "parts.html" import link with context %}{{ _("Выйти") }} {{ link("home") }} {{ name }}',
        "parts.html": '{% macro link(to) %}<a href="{{ url(to) }}">{{ _("Казна") }}</a>{% endmacro %}',
        "own.html": "{% set url = shout %}{{ url('home') }}",
        "needs.html": '{% from "given.html" import given with context %}{{ given() }}',
        "given.html": "{% macro given() %}{{ name }}{% endmacro %}",
        "wrong.html": "{% if name %}{{ url('no_such_page') }}{% endif %}",
    }
    return environment(loader=DictLoader(texts), autoescape=True)


@pytest.mark.parametrize(("language", "word"), [("ru", "Выйти"), ("en", "Sign out"), ("ru", "Выйти")])
def test_a_page_speaks_the_language_it_is_asked_in(screens, language, word):
    with translation.override(language):
        page = screens.get_template("page.html").render(name="<b>")

    assert page.startswith(f'{word} <a href="/">')
    assert page.endswith("</a> &lt;b&gt;")


def test_what_a_page_has_named_anew_is_not_fixed(screens):
    assert screens.get_template("own.html").render(shout=str.upper) == "HOME"


def test_macros_that_need_the_page_are_made_for_the_page(screens):
    page = screens.get_template("needs.html")

    assert [page.render(name=name) for name in ("раз", "два")] == ["раз", "два"]


def test_an_unknown_address_fails_only_where_it_is_shown(screens):
    assert screens.get_template("wrong.html").render(name="") == ""


def test_screens_have_their_words_in_place():
    spoken = engines["jinja2"].env
    spoken.get_template("base.html")
    source, _filename, _fresh = spoken.loader.get_source(spoken, "base.html")
    tree = spoken.spoken["ru"]._parse(source, "base.html", None)

    left = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") == "url"]

    assert left == []


def test_russian_words_on_an_english_page_say_that_they_are_russian():
    told = '{% macro name() %}{{ who }}{% endmacro %}<p title="{{ who }} {{ name() }}">{{ who }} {{ sum }} {{ name() }}'
    more = '</p><option>{{ name() }}</option><b{% if who %} lang="ru"{% endif %}>{{ who }}</b><text>{{ who }}</text>'
    screens = environment(loader=DictLoader({"page.html": told + more}), autoescape=True)
    marked = '<span lang="ru">Анна &lt;</span>'
    with translation.override("en"):
        page = screens.get_template("page.html").render(who="Анна <", sum="100 roubles")

    assert page == (
        f'<p title="Анна &lt; Анна &lt;">{marked} 100 roubles {marked}</p>'
        '<option>Анна &lt;</option><b lang="ru">Анна &lt;</b><text>Анна &lt;</text>'
    )
    assert 'lang="ru">Анна &lt;</b>' in screens.get_template("page.html").render(who="Анна <", sum="100 roubles")
    assert "<span" not in screens.get_template("page.html").render(who="Анна <", sum="100 roubles")
