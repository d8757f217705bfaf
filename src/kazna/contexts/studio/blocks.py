"""Conditions of a document as blocks: the same text, cut so that the pieces joined again are the text.

A condition whose rule has one of the known shapes is a block with fields; any other is a block of text. Only what
somebody changes is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kazna.kernel.errors import DomainError

SECTION = re.compile(r"^conditions:[^\n]*\n", re.MULTILINE)
ITEM = re.compile(r"^( *)- ", re.MULTILINE)
TOP_KEY = re.compile(r"^[A-Za-z_]", re.MULTILINE)
WHEN = re.compile(r"(?P<head>\bwhen:[ ]*)(?P<rule>[^\n>|&*].*?)(?P<end>(?:\s+#[^\n]*)?)$", re.MULTILINE)
FOLDED = re.compile(r"(?P<head>\bwhen:[ ]*[>|][-+]?[ ]*\n)(?P<rule>(?:(?P<pad>[ ]+)[^\n]*\n?)+?)(?=^[ ]*\w+:|\Z)", re.M)
KEY = r"(?:^|\n)[ ]*(?:- )?{name}:[ ]*(?P<value>[^\n]*)"


class WrongBlock(DomainError):
    sentence = "{title}: {why}"


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: int, rate, money, region, role, fact or word."""

    name: str
    title: str
    kind: str
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule with places for fields: `{name}`. `topic`: who, family, income, property, place or time."""

    name: str
    topic: str
    title: str
    rule: str
    fields: tuple[Field, ...]
    uses: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    refusal: str = ""


PATTERNS = {
    "int": r"\d{1,3}", "rate": r"\d{1,2}(?:\.\d{1,3})?", "money": r"\d{1,12}(?:\.\d\d)?", "region": r"\d\d",
    "role": r"[a-z_]+", "fact": r"[a-z_]+\.[a-z_0-9]+", "word": r"[A-Za-z_0-9.-]+", "day": r"\d{4}-\d\d-\d\d",
}  # fmt: skip
WHOSE = Field("role", "Кто", "role", "applicant")
INCOME = ("family_income_12m", "poverty_line_year")
SHAPES = (
    Shape("region", "place", "Живёт в регионе", "{role}.region = '{region}'",
          (WHOSE, Field("region", "Код региона", "region", "77")), refusal="Мера — для жителей региона."),
    Shape("resident", "place", "Живёт здесь постоянно", "{role}.residence_permanent", (WHOSE,),
          refusal="Мера — для тех, кто живёт здесь постоянно."),
    Shape("age_between", "who", "Возраст от и до, полных лет",
          "age({role}.birth_date, application.date) between {least} and {most}",
          (Field("role", "Кто", "role", "child"), Field("least", "От", "int", "7"), Field("most", "До", "int", "17")),
          refusal="Возраст не подходит."),
    Shape("age_from", "who", "Возраст не меньше, полных лет",
          "age({role}.birth_date, application.date) >= {least}",
          (Field("role", "Кто", "role", "person"), Field("least", "От", "int", "65")),
          refusal="Возраст не подходит."),
    Shape("age_under", "who", "Возраст меньше, полных лет", "age({role}.birth_date, application.date) < {most}",
          (Field("role", "Кто", "role", "child"), Field("most", "Меньше", "int", "18")),
          refusal="Возраст не подходит."),
    Shape("income", "income", "Доход на человека — не больше стольких прожиточных минимумов",
          "family_income_12m <= poverty_line_year * {times}", (Field("times", "Минимумов", "rate", "1.5"),),
          INCOME, ("pm_per_capita",), "Доход на человека в семье выше предела."),
    Shape("low_income", "income", "Семья малоимущая", "low_income_family", (), ("low_income_family",),
          ("pm_per_capita",), "Семья не малоимущая."),
    Shape("children", "family", "Детей моложе стольких лет — не меньше",
          "count(own_child where own_child.alive and age(own_child.birth_date, application.date) < {years}) >= {least}",
          (Field("years", "Моложе, лет", "int", "18"), Field("least", "Не меньше", "int", "3")),
          refusal="Детей меньше, чем нужно."),
    Shape("large", "family", "Семья многодетная", "large_family_of_region", (), ("large_family_of_region",),
          refusal="Семья не многодетная."),
    Shape("single", "family", "Родитель один", "family.single_parent", (), refusal="Мера — для одиноких родителей."),
    Shape("property", "property", "Имущество не сверх списка единого пособия", "not property_over", (),
          ("property_over",), refusal="У семьи имущество сверх списка."),
    Shape("cars", "property", "Машин в семье — не больше", "sum(member.cars) <= {most}",
          (Field("most", "Не больше", "int", "1"),), refusal="Машин больше, чем можно."),
    Shape("period", "time", "Заявление подано в эти дни",
          "application.date between {first} and {last}",
          (Field("first", "С", "day", "2027-01-01"), Field("last", "По", "day", "2027-12-31")),
          refusal="Заявления на эту меру в эти дни не принимают."),
    Shape("birth_within", "time", "Со дня рождения прошло не больше стольких месяцев",
          "full_months({role}.birth_date, application.date) <= {months}",
          (Field("role", "Кто", "role", "child"), Field("months", "Месяцев", "int", "6")),
          refusal="Срок для обращения прошёл."),
    Shape("no", "who", "Сведение словаря: нет", "not {fact}", (Field("fact", "Сведение", "fact"),)),
    Shape("yes", "who", "Сведение словаря: да", "{fact}", (Field("fact", "Сведение", "fact"),)),
)  # fmt: skip
BY_NAME = {shape.name: shape for shape in SHAPES}
TOPICS = {
    "who": "Кто",
    "family": "Семья",
    "income": "Доход",
    "property": "Имущество",
    "place": "Место",
    "time": "Время",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One condition. `raw`: its exact text. `shape` empty: shown as text. `values`: field → as written."""

    raw: str
    id: str
    title: str
    rule: str
    shape: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> Shape | None:
        return BY_NAME.get(self.shape)


@dataclass(frozen=True, slots=True)
class Cut:
    """A document as head, blocks and tail; `text` joins them."""

    head: str
    blocks: tuple[Block, ...]
    tail: str

    @property
    def text(self) -> str:
        return self.head + "".join(block.raw for block in self.blocks) + self.tail


def cut(text: str) -> Cut:
    """Cut a document; one without a list of conditions in lines is all head."""
    section = SECTION.search(text)
    if section is None:
        return Cut(text, (), "")
    after = TOP_KEY.search(text, section.end())
    body, tail = (text[section.end() : after.start()], text[after.start() :]) if after else (text[section.end() :], "")
    starts = _starts(body)
    if not starts:
        return Cut(text, (), "")
    ends = [*starts[1:], len(body)]
    raws = [body[start:end] for start, end in zip(starts, ends, strict=True)]
    return Cut(text[: section.end()] + body[: starts[0]], tuple(map(block_of, raws)), tail)


def _starts(body: str) -> list[int]:
    """Where items of the outermost list begin."""
    items = list(ITEM.finditer(body))
    indent = min((len(item.group(1)) for item in items), default=0)
    return [item.start() for item in items if len(item.group(1)) == indent]


def block_of(raw: str) -> Block:
    rule = rule_of(raw)
    shape, values = recognised(rule)
    return Block(raw, _key(raw, "id"), _key(raw, "title"), rule, shape, values)


def rule_of(raw: str) -> str:
    """The expression of a condition in one line, without quotes; empty when it is not written in a plain way."""
    folded = FOLDED.search(raw)
    if folded is not None:
        return " ".join(folded["rule"].split())
    plain = WHEN.search(raw)
    if plain is None:
        return ""
    rule = plain["rule"].strip()
    return rule[1:-1] if len(rule) > 1 and rule[0] == rule[-1] == '"' and "\\" not in rule else rule


def recognised(rule: str) -> tuple[str, dict[str, str]]:
    """The shape of a rule and the values of its fields; empty when no shape says exactly this."""
    for shape in SHAPES:
        found = _pattern(shape).fullmatch(rule)
        if found is not None:
            return shape.name, found.groupdict()
    return "", {}


def _pattern(shape: Shape) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", shape.rule)
    kinds = {one.name: one.kind for one in shape.fields}
    told = [
        re.escape(part) if place % 2 == 0 else f"(?P<{part}>{PATTERNS[kinds[part]]})"
        for place, part in enumerate(parts)
    ]
    return re.compile("".join(told))


def written(shape: Shape, values: Mapping[str, str]) -> str:
    """The rule of a shape. Raises WrongBlock on a value that does not fit its field."""
    told = {}
    for one in shape.fields:
        value = values.get(one.name, "").strip().replace(",", ".")
        if re.fullmatch(PATTERNS[one.kind], value) is None:
            raise WrongBlock(title=shape.title, why=f"поле «{one.title}» заполнено не так: «{value[:40]}».")
        told[one.name] = value
    return shape.rule.format(**told)


def changed(block: Block, *, title: str, values: Mapping[str, str]) -> Block:
    """The block with other values or title; the same text when nothing differs."""
    raw = block.raw
    shape = block.known
    if shape is not None and written(shape, values) != block.rule:
        raw = _with_rule(raw, written(shape, values))
    if title.strip() and title.strip() != block.title:
        raw = re.sub(r"(?m)^([ ]*(?:- )?title:[ ]*)[^\n]*", lambda m: m[1] + quoted(title.strip()), raw, count=1)
    return block if raw == block.raw else block_of(raw)


def _with_rule(raw: str, rule: str) -> str:
    folded = FOLDED.search(raw)
    if folded is not None:
        return raw[: folded.start("rule")] + folded["pad"] + rule + "\n" + raw[folded.end("rule") :]
    return WHEN.sub(lambda found: found["head"] + rule + found["end"], raw, count=1)


def new_block(shape: Shape, values: Mapping[str, str], *, identity: str, law: str) -> Block:
    refusal = f"    refusal: {quoted(shape.refusal)}\n" if shape.refusal else ""
    rule = f"    when: {written(shape, values)}\n    law: {law}\n{refusal}\n"
    raw = f"  - id: {identity}\n    title: {quoted(shape.title)}\n{rule}"
    return block_of(raw)


def with_blocks(whole: Cut, blocks: Sequence[Block]) -> str:
    """The document with other blocks, and what they use named in `uses` and `parameters`."""
    text = whole.head + "".join(block.raw for block in blocks) + whole.tail
    for block in blocks:
        shape = block.known
        if shape is not None and block not in whole.blocks:
            text = _listed(text, "uses", shape.uses, before="parameters:")
    return text


def _listed(text: str, key: str, names: Sequence[str], *, before: str) -> str:
    """`key: [names]` of the document holds these names."""
    line = re.search(rf"(?m)^{key}:[ ]*\[([^\]]*)\]", text)
    known = [one.strip() for one in line.group(1).split(",") if one.strip()] if line else []
    lacking = [name for name in names if name not in known]
    if not lacking:
        return text
    told = f"{key}: [{', '.join([*known, *lacking])}]"
    if line:
        return text[: line.start()] + told + text[line.end() :]
    place = re.search(rf"(?m)^{before}", text) or re.search(r"(?m)^conditions:", text)
    return text[: place.start()] + told + "\n" + text[place.start() :] if place else text


def quoted(words: str) -> str:
    """A text as YAML in double quotes, on one line."""
    safe = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{safe}"'


def _key(raw: str, name: str) -> str:
    found = re.search(KEY.format(name=name), raw)
    value = found["value"].strip() if found else ""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
