"""The main job in one command: a synthetic region lives two years and the platform serves it."""

from kazna.cli.demo.command import demo

__all__ = ["demo"]
