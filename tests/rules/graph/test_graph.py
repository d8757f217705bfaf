"""The picture of dependencies: complete, layered, readable without eyes."""

import xml.etree.ElementTree as xml
from itertools import pairwise

from kazna.kernel.places import LAW
from kazna.rules import load_library
from kazna.rules.graph import draw, graph_of_law, graph_of_measure
from kazna.rules.graph.layout import placed

SVG = "{http://www.w3.org/2000/svg}"


def test_a_measure_is_drawn_with_all_it_reads(library):
    graph = graph_of_measure(library.measures["ru-example"][0])

    assert ("measure:ru-example", "condition:poor") in graph.arrows
    assert ("condition:poor", "step:income") in graph.arrows
    assert ("step:income", "people:member") in graph.arrows
    assert ("result:amount", "figure:base") in graph.arrows


def test_arrows_lead_right_and_boxes_do_not_overlap(library):
    for graph in (graph_of_measure(library.measures["ru-example"][0]), graph_of_law(load_library(LAW))):
        layout = placed(graph)
        places = layout.places
        assert all(places[reader][0] < places[read][0] for reader, read in graph.arrows)
        for column in range(layout.columns):
            rows = sorted(row for at, row in places.values() if at == column)
            assert all(after - before >= 1 for before, after in pairwise(rows))


def test_the_picture_is_told_to_those_who_do_not_see_it(library):
    graph = graph_of_measure(library.measures["ru-example"][0])
    root = xml.fromstring(draw(graph))

    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert title.text == "Выплата для примера"
    assert "Доход семьи небольшой читает: Доход семьи." in description.text
    assert len(root.findall(f"{SVG}g")) == len(graph.boxes)


def test_every_measure_can_be_drawn():
    library = load_library(LAW)
    for editions in library.measures.values():
        xml.fromstring(draw(graph_of_measure(editions[-1])))
