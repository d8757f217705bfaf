"""Document → blocks → document: nothing is lost, and only what is changed is written anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazna.contexts.studio import public as studio
from kazna.contexts.studio.blocks import SHAPES, block_of, recognised, written
from kazna.contexts.studio.card import PLACES
from kazna.kernel.places import LAW

DOCUMENTS = {path.parent.name: path.read_text("utf-8") for path in sorted(LAW.glob("measures/*/*.yaml"))}
USUAL = {"int": "7", "rate": "1.5", "money": "100", "region": "77", "role": "child", "fact": "person.widow",
         "word": "x", "day": "2026-01-01"}  # fmt: skip


def test_the_law_survives_the_way_through_blocks():
    for name, text in DOCUMENTS.items():
        whole = studio.cut(text)
        again = [studio.changed(block, title=block.title, values=block.values) for block in whole.blocks]

        assert whole.blocks, name
        assert studio.with_blocks(whole, again) == text, name
        assert studio.with_card(text, "", studio.card_of(text, "")) == (text, ""), name


@given(text=st.text(alphabet="conditions:\n -idtlwhen>|#'\"{}[]абв0", max_size=300))
def test_any_text_survives(text):
    for whole in (text, f"measure: x\nconditions:\n{text}", f"conditions:\n  - id: a\n    when: {text}\n{text}"):
        found = studio.cut(whole)
        assert studio.with_blocks(found, found.blocks) == whole


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape_reads_what_it_writes(shape):
    values = {one.name: one.usual or USUAL[one.kind] for one in shape.fields}

    assert recognised(written(shape, values)) == (shape.name, values)


def test_a_changed_field_changes_its_rule_alone():
    raw = "  - id: age\n    when: >\n      age(child.birth_date, application.date) < 18\n    law: act\n"
    block = block_of(raw)

    assert studio.changed(block, title=block.title, values={"role": "child", "most": "16"}).raw == raw.replace(
        "18", "16"
    )


@pytest.mark.parametrize("value", ["", "18 or true", "1e9", "<b>", "'; DROP"])
def test_a_field_takes_nothing_but_its_kind(value):
    block = block_of("  - id: age\n    when: age(child.birth_date, application.date) < 18\n")

    with pytest.raises(studio.WrongBlock, match="заполнено не так"):
        studio.changed(block, title="", values={"role": "child", "most": value})


@given(words=st.text(max_size=60))
def test_words_of_a_card_stay_words(words):
    """Whatever is typed is a text of the document, not a part of its structure."""
    text = DOCUMENTS["r77-school-uniform"]
    measure, _ = studio.with_card(text, "", {"title": words})
    kept = " ".join(words.split())

    if kept and all(sign.isprintable() for sign in kept):
        assert studio.card_of(measure, "")["title"].strip() == kept or len(kept) < 2 or kept in measure or '"' in kept
    assert measure.count("\n") == text.count("\n")


def test_every_place_of_the_card_is_found_in_a_new_measure():
    from datetime import date

    from kazna.rules.skeleton import Draft, skeleton

    texts = skeleton(Draft("r77-x", "Х", "region", "77", "child", date(2026, 1, 1)))
    found = studio.card_of(texts["measures/r77-x/2026-01-01.yaml"], texts["parameters/r77_x.yaml"])

    assert set(found) == {place.name for place in PLACES}
