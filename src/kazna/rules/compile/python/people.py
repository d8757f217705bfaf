"""Python source of counting over people: a loop before the expression that needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kazna.rules.compile.python.texts import Text, aligned
from kazna.rules.language import nodes

if TYPE_CHECKING:
    from kazna.rules.compile.python.source import Source


def aggregate(source: Source, node: nodes.Aggregate) -> Text:
    key = (node.kind, node.relation, _plain(node.subject), _plain(node.where), node.empty)
    if key not in source.done:
        source.done[key] = _counted(source, node)
    return source.done[key]


def _plain(node: nodes.Node | None) -> Any:
    """The node without its positions, as a key."""
    return None if node is None else _shape(node)


def _shape(node: nodes.Node) -> tuple[Any, ...]:
    own = tuple(
        repr(getattr(node, name))
        for name in node.__dataclass_fields__
        if name not in ("position", "type") and not isinstance(getattr(node, name), (nodes.Node, tuple))
    )
    lists = tuple(repr(node.options) for _ in (0,) if isinstance(node, nodes.OneOf))
    return (type(node).__name__, own, lists, *(_shape(child) for child in node.children()))


def _counted(source: Source, node: nodes.Aggregate) -> Text:
    group = source.groups.get(node.relation) or members(source, node.relation)
    where = source.code(node.where) if node.where is not None else None
    subject = source.text(node.subject) if node.subject is not None else Text("1")
    target = f"g{len(source.done)}"
    loop = [f"for p in {group}:"]
    inside = "    "
    if node.kind == "all":
        if where is None:
            return Text("U")
        body = [f"{target} = True", *loop, f"    if not ({where}):", f"        {target} = False"]
        source.guarded(target, body)
        return Text(target)
    if where is not None:
        loop.append(f"    if {where}:")
        inside = "        "
    if node.kind in ("any", "none"):
        start = node.kind == "none"
        source.guarded(target, [f"{target} = {start}", *loop, f"{inside}{target} = {not start}"])
        return Text(target)
    if node.kind in ("count", "sum"):
        source.guarded(target, [f"{target} = 0", *loop, f"{inside}{target} += {subject.code}"])
        return Text(target, subject.parts, subject.is_int)
    empty = source.text(nodes.Literal(node.type, node.position, node.empty if node.empty is not None else 0))
    value, default, parts = aligned(subject, empty)
    body = [f"{target} = []", *loop, f"{inside}{target}.append(sure({value}))",
            f"{target} = {node.kind}({target}) if {target} else {default}"]  # fmt: skip
    source.guarded(target, body)
    return Text(target, parts, subject.is_int)


def members(source: Source, relation: str) -> str:
    """The variable with people of a relation who belong: tuples of a tie and the facts read."""
    definition = source.relations[relation]
    target = f"m_{relation}"
    ties = dict.fromkeys(part.tie for part in definition.parts)
    wheres = []
    for tie in ties:
        parts = [part for part in definition.parts if part.tie == tie]
        test = f"t == {tie!r}"
        if all(part.when is not None for part in parts):
            test += " and (" + " or ".join(f"({source.code(part.when)})" for part in parts if part.when) + ")"
        wheres.append(f"({test})")
    source.groups[relation] = target
    body = [
        f"{target} = []",
        f"for p in c_{relation}:",
        "    t = p[0]",
        f"    if t is None or {' or '.join(wheres) or 'False'}:",
        f"        {target}.append(p)",
    ]
    if definition.least:
        body += [f"if len({target}) < {definition.least}:", f"    {target} = U"]
    source.guarded(target, body)
    return target
