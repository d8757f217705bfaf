"""Read an expression by the grammar of the rule language.

expr  = "if" expr "then" expr "else" expr | or
or    = and {"or" and}        and = not {"and" not}        not = "not" not | cmp
cmp   = sum [sign sum | "between" sum "and" sum | "in" "{" sum {"," sum} "}"
        | "is" ("known"|"unknown") | "otherwise" sum]
sum   = prod {("+"|"-") prod}         prod = minus {("*"|"/") minus}         minus = ["-"] dated
dated = atom ["at" atom]
atom  = number ["rub"] | date | never | 'text' | true | false | name ["[" expr "]"] | "(" expr ")"
        | function "(" expr {"," expr} ")" | aggregate "(" expr ["where" expr] ["empty" expr] ")"
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from kazna.rules.language.syntax import Tree
from kazna.rules.language.tokens import KEYWORDS, Kind, Mistake, Token, tokens

COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
ONLY_AGGREGATES = ("count", "any", "all", "none", "sum")
NEVER = date.max
DEEPEST = 60


@lru_cache(maxsize=10_000)
def parse(text: str) -> Tree:
    """The tree of one expression; raise Mistake at the first place that breaks the grammar.

    The same text is often met again: measures look alike, and steps are read for their names first.
    """
    reader = _Reader(tokens(text))
    tree = reader.expression()
    if reader.now.kind is not Kind.END:
        raise reader.unexpected("конец выражения или знак действия")
    return tree


class _Reader:
    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.index = 0
        self.now = words[0]
        self.depth = 0

    def at(self, *words: str) -> bool:
        """Texts keep their quotes, so that no text looks like a word of the grammar."""
        return self.now.text in words

    def take(self) -> Token:
        token = self.now
        if token.kind is not Kind.END:
            self.index += 1
            self.now = self.words[self.index]
        return token

    def back(self) -> None:
        self.index -= 1
        self.now = self.words[self.index]

    def expect(self, word: str) -> Token:
        if not self.at(word):
            raise self.unexpected(f"«{word}»")
        return self.take()

    def unexpected(self, wanted: str) -> Mistake:
        got = f"стоит «{self.now.text}»" if self.now.text else "выражение кончилось"
        return Mistake(
            self.now.position, "grammar", f"Ожидается {wanted}, а {got}.", what_to_do="Проверьте скобки и порядок слов."
        )

    def expression(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Mistake(
                self.now.position, "too_deep", "Слишком глубокая вложенность.", what_to_do="Вынесите части в steps."
            )
        tree = self.choice() if self.at("if") else self.chain("or", lambda: self.chain("and", self.negation))
        self.depth -= 1
        return tree

    def choice(self) -> Tree:
        position = self.take().position
        test = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return Tree("if", position, (test, then, self.expression()))

    def chain(self, word: str, part: Callable[[], Tree]) -> Tree:
        parts = [part()]
        position = self.now.position
        while self.at(word):
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else Tree(word, position, tuple(parts))

    def negation(self) -> Tree:
        signs = []
        while self.at("not"):
            signs.append(self.take())
        tree = self.comparison()
        for sign in reversed(signs):
            tree = Tree("not", sign.position, (tree,))
        return tree

    def comparison(self) -> Tree:
        left = self.sum()
        sign = self.now
        if self.at(*COMPARISONS):
            self.take()
            tree = Tree("compare", sign.position, (left, self.sum()), sign.text)
        elif self.at("between"):
            self.take()
            low = self.sum()
            self.expect("and")
            tree = Tree("between", sign.position, (left, low, self.sum()))
        elif self.at("in"):
            self.take()
            tree = Tree("in", sign.position, (left, *self.listed("{", "}", self.sum)))
        elif self.at("is"):
            self.take()
            if not self.at("known", "unknown"):
                raise self.unexpected("«known» или «unknown»")
            tree = Tree("known", sign.position, (left,), self.take().text)
        elif self.at("otherwise"):
            self.take()
            tree = Tree("otherwise", sign.position, (left, self.sum()))
        else:
            return left
        if self.at(*COMPARISONS):
            raise Mistake(
                self.now.position, "chained_comparison", "Сравнения нельзя ставить цепочкой.",
                what_to_do="Соедините их словом and или используйте between.",
            )  # fmt: skip
        return tree

    def listed(self, opening: str, closing: str, part: Callable[[], Tree]) -> list[Tree]:
        self.expect(opening)
        parts = [part()]
        while self.at(","):
            self.take()
            parts.append(part())
        self.expect(closing)
        return parts

    def sum(self) -> Tree:
        return self.arithmetic(("+", "-"), lambda: self.arithmetic(("*", "/"), self.minus))

    def arithmetic(self, signs: tuple[str, ...], part: Callable[[], Tree]) -> Tree:
        tree = part()
        while self.at(*signs):
            sign = self.take()
            tree = Tree(sign.text, sign.position, (tree, part()))
        return tree

    def minus(self) -> Tree:
        if self.at("-"):
            sign = self.take()
            return Tree("-", sign.position, (Tree("number", sign.position, value=Fraction(0)), self.dated()))
        return self.dated()

    def dated(self) -> Tree:
        tree = self.atom()
        if self.at("at"):
            sign = self.take()
            return Tree("at", sign.position, (tree, self.atom()))
        return tree

    def atom(self) -> Tree:
        if self.now.kind is Kind.END:
            raise self.unexpected("число, дата, имя факта или скобка")
        token = self.take()
        if token.kind is Kind.NUMBER:
            if self.at("rub"):
                self.take()
                return Tree("rub", token.position, value=Fraction(token.text) * 100)
            return Tree("number", token.position, value=Fraction(token.text))
        if token.kind is Kind.DATE:
            return Tree("date", token.position, value=date.fromisoformat(token.text))
        if token.kind is Kind.TEXT:
            return Tree("text", token.position, value=token.text[1:-1])
        if token.text == "(" and token.kind is Kind.SIGN:
            tree = self.expression()
            self.expect(")")
            return tree
        if token.kind is Kind.NAME:
            return self.named(token)
        self.back()
        raise self.unexpected("число, дата, имя факта или скобка")

    def named(self, token: Token) -> Tree:
        if token.text in ("true", "false"):
            return Tree("bool", token.position, value=token.text == "true")
        if token.text == "never":
            return Tree("date", token.position, value=NEVER)
        if token.text in KEYWORDS:
            self.back()
            raise self.unexpected("число, дата, имя факта или скобка")
        if self.at("("):
            return self.call(token)
        if self.at("["):
            self.take()
            key = self.expression()
            self.expect("]")
            return Tree("keyed", token.position, (key,), token.text)
        return Tree("name", token.position, value=token.text)

    def call(self, token: Token) -> Tree:
        self.expect("(")
        arguments = [] if self.at(")") else [self.expression()]
        if token.text in ONLY_AGGREGATES or self.at("where", "empty"):
            return self.aggregate(token, arguments)
        while self.at(","):
            self.take()
            arguments.append(self.expression())
        self.expect(")")
        return Tree("call", token.position, tuple(arguments), token.text)

    def aggregate(self, token: Token, arguments: list[Tree]) -> Tree:
        """Children: subject, then optional `where` and `empty` wrapped in trees of those kinds."""
        parts = list(arguments)
        for word in ("where", "empty"):
            if self.at(word):
                sign = self.take()
                parts.append(Tree(word, sign.position, (self.expression(),)))
        self.expect(")")
        return Tree("aggregate", token.position, tuple(parts), token.text)
