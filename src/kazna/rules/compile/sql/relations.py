"""Selects built node by node: the builders of sqlglot copy whole trees, ours share them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

from kazna.rules.compile.sql.trees import Part, Truthful, truth


def identifier(name: str, *, quoted: bool = True) -> exp.Identifier:
    return exp.Identifier(this=name, quoted=quoted)


def of(table: str, name: str) -> exp.Column:
    """A column of a named table."""
    return exp.Column(this=identifier(name), table=identifier(table, quoted=False))


def named(part: Part, name: str) -> exp.Alias:
    return exp.Alias(this=part, alias=identifier(name))


def table(name: str, alias: str | None = None) -> exp.Table:
    found = exp.Table(this=identifier(name, quoted=False))
    if alias is not None:
        found.set("alias", exp.TableAlias(this=identifier(alias, quoted=False)))
    return found


def nested(source: exp.Select, alias: str) -> exp.Subquery:
    return exp.Subquery(this=source, alias=exp.TableAlias(this=identifier(alias, quoted=False)))


def joined(source: Part, on: Part, *, left: bool) -> exp.Join:
    return exp.Join(this=source, on=on, side="LEFT") if left else exp.Join(this=source, on=on)


def selected(
    parts: Iterable[Part],
    source: Part,
    *,
    joins: Sequence[exp.Join] = (),
    where: Truthful = True,
    group: Part | None = None,
) -> exp.Select:
    found = exp.Select(expressions=list(parts), from_=exp.From(this=source), joins=list(joins))
    if where is not True:
        found.set("where", exp.Where(this=truth(where)))
    if group is not None:
        found.set("group", exp.Group(expressions=[group]))
    return found


def equal(left: Part, right: Part) -> Part:
    return exp.EQ(this=left, expression=right)


def united(branches: Sequence[exp.Select]) -> exp.Expression:
    """UNION ALL, balanced."""
    if len(branches) == 1:
        return branches[0]
    half = len(branches) // 2
    return exp.Union(this=united(branches[:half]), expression=united(branches[half:]), distinct=False)
