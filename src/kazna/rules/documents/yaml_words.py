"""What the YAML parser complains of, said in Russian with the usual remedy."""

from __future__ import annotations

USUAL = "Проверьте отступы, кавычки и двоеточия."
WORDS = (
    ("mapping values are not allowed", "Лишнее двоеточие: здесь ключу не место.", "Возьмите значение в кавычки."),
    ("found character that cannot start any token", "Значение начинается со знака, который YAML занял для себя.",
     "Отступы делайте пробелами, не табуляцией; значение с %, @, ` возьмите в кавычки."),
    ("found a tab character", "В отступе табуляция.", "Отступы делайте пробелами."),
    ("could not find expected ':'", "У ключа нет двоеточия.", "Поставьте двоеточие и пробел после ключа."),
    ("did not find expected key", "Строка стоит не на своём отступе или набор не закрыт.", USUAL),
    ("did not find expected '-' indicator", "Строка списка стоит не на своём отступе.", "Выровняйте строки с «-»."),
    ("did not find expected ',' or '}'", "Набор в { } не закрыт или в нём нет запятой.",
     "Закройте скобку; текст с запятой или двоеточием возьмите в кавычки."),
    ("did not find expected ',' or ']'", "Список в [ ] не закрыт или в нём нет запятой.", "Закройте скобку."),
    ("found unexpected end of stream", "Кавычка открыта и не закрыта.", "Закройте её."),
    ("found unexpected document indicator", "Внутри кавычек стоит строка --- или ....", "Закройте кавычку раньше."),
    ("did not find expected node content", "Здесь должно быть значение.", USUAL),
    ("block sequence entries are not allowed", "Список здесь не начинается.", "Перенесите «-» на новую строку."),
    ("did not find expected <document start>", "Перед документом стоит лишний текст.", USUAL),
    ("found unknown escape character", "В двойных кавычках обратная черта значит своё.",
     "Возьмите текст в одинарные кавычки."),
    ("did not find expected alphabetic or numeric character", "После & или * нужно имя якоря.",
     "Возьмите значение в кавычки."),
)  # fmt: skip


def explained(problem: str) -> tuple[str, str]:
    """Why and what to do; the parser's own words where they are new to us."""
    for words, why, what_to_do in WORDS:
        if words in problem:
            return why, what_to_do
    return problem, USUAL
