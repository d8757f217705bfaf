"""Templates compiled once a language: what a page says the same to everybody is one string, found when it is compiled.

A page has hundreds of words, fixed addresses and macros; looking each up at every request was a third of its cost.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch
from django.utils import translation
from jinja2 import Environment, Template, meta, nodes
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from kazna.web.language_of_parts import mark_places

PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType})
FIXED = ("_", "url", "static", "language")  # with fixed words they answer the same at every request


class QuickContext(Context):
    """Calls macros and plain functions without asking three times whether they want the context."""

    def call(self, told: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        kind = type(told)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in PLAIN or hasattr(told, "jinja_pass_arg"):
            return super().call(told, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return told(*args, **named)


class SpokenEnvironment(Environment):
    """One environment a language behind one door: templates are taken in the language of the request."""

    context_class = QuickContext
    language = ""  # empty in the door itself

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        if not self.language and (spoken := self._spoken()):
            return spoken.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)

    def _spoken(self) -> SpokenEnvironment | None:
        language = translation.get_language() or settings.LANGUAGE_CODE
        kept: dict[str, SpokenEnvironment] = self.__dict__.setdefault("spoken", {})
        if language not in kept and language in dict(settings.LANGUAGES):
            kept[language] = self._in(language)
        return kept.get(language)

    def _in(self, language: str) -> SpokenEnvironment:
        spoken = self.overlay(cache_size=1000)
        spoken.language, spoken.closed = language, {}
        spoken.globals = {**self.globals, "language": lambda: language}
        return spoken

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if self.language:
            with translation.override(self.language):
                _Folding(self, tree).visit(tree)
            if self.language != settings.LANGUAGE_CODE:
                mark_places(tree)
            for node in tree.find_all((nodes.Import, nodes.FromImport)):
                node.with_context = node.with_context and not self._is_closed(node.template)
        return tree

    def _is_closed(self, template: nodes.Expr) -> bool:
        """Its macros need nothing of the page: they are made once, not at every request."""
        if not isinstance(template, nodes.Const) or self.loader is None:
            return False
        name = template.value
        if name not in self.closed:
            self.closed[name] = False  # should it import itself
            source, _filename, _fresh = self.loader.get_source(self, name)
            tree = super()._parse(source, name, None)
            self.closed[name] = (
                meta.find_undeclared_variables(tree) <= self.globals.keys()
                and not any(tree.find_all((nodes.Include, nodes.Extends, nodes.Block)))
                and all(self._is_closed(node.template) for node in tree.find_all((nodes.Import, nodes.FromImport)))
            )
        return self.closed[name]

    closed: dict[str, bool]


class _Folding(NodeTransformer):
    """Puts the answer in the place of a call whose words are all fixed."""

    def __init__(self, environment: SpokenEnvironment, tree: nodes.Template) -> None:
        own = {one.name for one in tree.find_all(nodes.Name) if one.ctx != "load"}
        self.answers = {name: environment.globals[name] for name in FIXED if name not in own}

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in self.answers or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        if not all(isinstance(one, nodes.Const) for one in node.args):
            return node
        try:
            told = self.answers[name](*(one.value for one in node.args))  # type: ignore[attr-defined]
        except (NoReverseMatch, KeyError, TypeError, ValueError):  # as it is, so that it fails when it is shown
            return node
        kept = nodes.TemplateData(str(told)) if isinstance(told, Markup) else nodes.Const(told)
        return kept.set_lineno(node.lineno)
