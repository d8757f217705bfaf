"""Generated Python: one function per edition for the online way, straight-line while every fact it reads is known."""

from kazna.rules.compile.python.decider import Decider, compile_python

__all__ = ["Decider", "compile_python"]
