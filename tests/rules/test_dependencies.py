"""Who reads what: the index that says which measures a new fact or figure concerns."""

from datetime import date

from kazna.kernel.places import LAW
from kazna.rules import load_library
from kazna.rules.dependencies import Dependencies


def test_an_edition_reads_facts_people_and_figures(library):
    (reads,) = Dependencies(library).of_measure("ru-example")

    assert reads.start == date(2024, 1, 1)
    assert reads.parameters == ("base",)
    assert reads.relations == ("member",)
    assert {"applicant.citizen", "member.income", "member.birth_date", "member.student"} <= set(reads.facts)
    assert reads.dates == ("application.date", "child.birth_date", "member.birth_date")
    assert reads.of_conditions["citizen"] == ("applicant.citizen",)


def test_the_day_itself_is_a_dependency(write_law):
    by_name = load_library(write_law(change=("law: fz1, value: base}", "law: fz1, value: base at today}")))
    by_governing = load_library(write_law(change=("governing_date: application.date", "governing_date: today")))

    for library in (by_name, by_governing):
        (reads,) = Dependencies(library).of_measure("ru-example")
        assert "today" in reads.dates


def test_readers_are_found_by_kind_and_by_figure():
    index = Dependencies(load_library(LAW))

    assert "ru-birth-grant" in index.readers("parameter", "birth_grant")
    assert "ru-child-benefit" in index.readers("relation", "member")
    assert "ru-birth-grant" in index.readers("kind", "person.birth")
    assert index.readers("fact", "nobody.reads_this") == ()


def test_every_reader_really_reads_it():
    library = load_library(LAW)
    index = Dependencies(library)

    for editions in library.measures.values():
        for edition in editions:
            reads = index.of(edition)
            for parameter in reads.parameters:
                assert edition.id in index.readers("parameter", parameter)
            for kind in reads.kinds:
                assert edition.id in index.readers("kind", kind)
