"""Which expressions may give another value on another day of determination, with the same facts."""

from __future__ import annotations

from kazna.rules.evaluate.code import Compiler
from kazna.rules.evaluate.references import GOVERNING_STEP
from kazna.rules.language.nodes import Aggregate, Builtin, Node, ParameterRef, StepRef


def reads_day(compiler: Compiler, root: Node) -> bool:
    """Whether `today` is read, through steps, the governing date and conditions of belonging too."""
    return any(_reads_day(compiler, node) for node in root.walk())


def _reads_day(compiler: Compiler, node: Node) -> bool:
    if isinstance(node, Builtin):
        return node.name == "today" or GOVERNING_STEP in compiler.timed
    if isinstance(node, ParameterRef):
        return node.at is None and GOVERNING_STEP in compiler.timed
    if isinstance(node, StepRef):
        return node.name in compiler.timed
    if isinstance(node, Aggregate):
        parts = compiler.relations[node.relation].parts
        return any(part.when is not None and reads_day(compiler, part.when) for part in parts)
    return False
