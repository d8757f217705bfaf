"""Dependencies of the law as a picture: measures, shared rules, steps, facts and figures."""

from kazna.rules.graph.model import Graph, graph_of_law, graph_of_measure
from kazna.rules.graph.svg import draw

__all__ = ["Graph", "draw", "graph_of_law", "graph_of_measure"]
