"""Contexts are entered by their doors, and the tiers hold."""

import grimp
import pytest

TIERS = (
    {"administration"},
    {"determination", "studio", "suppliers", "portal"},
    {"disclosure"},
    {"egisso", "programmes"},
    {"cases", "payments", "employers", "corrections"},
    {"life_events", "measures", "delegation"},
    {"registers"},
    {"identity", "reference", "notifications", "integration", "audit"},
)
DOORS = {"public", "contracts"}
LEVEL = {name: level for level, names in enumerate(TIERS) for name in names}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("kazna", include_external_packages=True)


def context_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["kazna", "contexts"] and len(parts) > 2 else None


def imports(graph):
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            yield importer, imported


def test_every_context_has_its_tier(graph):
    found = {context_of(module) for module in graph.modules} - {None}

    assert found == set(LEVEL)


def test_contexts_call_only_down(graph):
    offenders = [
        f"{importer} -> {imported}"
        for importer, imported in imports(graph)
        if (mine := context_of(importer)) and (other := context_of(imported)) and mine != other
        if LEVEL[mine] >= LEVEL[other]
    ]

    assert offenders == []


def test_contexts_are_entered_by_their_doors(graph):
    offenders = [
        f"{importer} -> {imported}"
        for importer, imported in imports(graph)
        if (other := context_of(imported)) and other != context_of(importer)
        if imported.split(".")[3:4] and imported.split(".")[3] not in DOORS
    ]

    assert offenders == []


@pytest.mark.parametrize(
    ("layer", "may_import"),
    [
        ("kazna.kernel", {"kazna.kernel"}),
        ("kazna.rules", {"kazna.rules", "kazna.kernel"}),
        ("kazna.events", {"kazna.events", "kazna.kernel"}),
        ("kazna.plumbing", {"kazna.plumbing", "kazna.events", "kazna.rules", "kazna.kernel"}),
        ("kazna.population", {"kazna.population", "kazna.kernel"}),
        ("kazna.standins", {"kazna.standins", "kazna.population", "kazna.kernel"}),
    ],
)
def test_layer_looks_only_down(graph, layer, may_import):
    offenders = [
        f"{importer} -> {imported}"
        for importer, imported in imports(graph)
        if (importer == layer or importer.startswith(layer + ".")) and imported.startswith("kazna.")
        if not any(imported == allowed or imported.startswith(allowed + ".") for allowed in may_import)
    ]

    assert offenders == []


def test_scenery_stays_outside(graph):
    """The product never imports the synthetic region or the stand-in agencies."""
    scenery = ("kazna.population", "kazna.standins")
    offenders = [
        f"{importer} -> {imported}"
        for importer, imported in imports(graph)
        if imported.startswith(scenery) and not importer.startswith(scenery)
    ]

    assert offenders == []


def test_plain_parts_do_not_wake_the_framework(graph):
    offenders = [
        f"{importer} -> {imported}"
        for importer, imported in imports(graph)
        if importer.startswith(("kazna.kernel", "kazna.rules", "kazna.events", "kazna.population"))
        if imported.startswith(("django", "psycopg", "starlette"))
    ]

    assert offenders == []


def test_contexts_and_screens_keep_apart(graph):
    """Contexts never import screens; screens touch contexts only by doors and never a model."""
    offenders = [
        f"{importer} -> {imported}"
        for importer, imported in imports(graph)
        if (importer.startswith("kazna.contexts.") and imported.startswith(("kazna.web", "kazna.rest", "kazna.cli")))
        or (importer.startswith(("kazna.web", "kazna.rest")) and imported.endswith(".models"))
    ]

    assert offenders == []
