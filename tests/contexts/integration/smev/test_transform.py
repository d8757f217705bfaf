"""The transform of СМЭВ: official pairs, and what a forger would try."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kazna.contexts.integration.smev.transform import transform
from kazna.kernel.places import FORMATS
from kazna.standins.smev.signature import normal

VECTORS = json.loads((FORMATS / "samples" / "smev_transform_vectors.json").read_text("utf-8"))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=20)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_an_official_pair_holds(vector):
    parsed = etree.fromstring(vector["input"].encode())

    assert transform(parsed).decode() == vector["expected"]
    assert normal(etree.fromstring(vector["expected"].encode())) == vector["expected"]


def test_markup_and_text_that_looks_like_it_differ():
    text, markup = etree.fromstring("<x xmlns='u'>a&lt;y/&gt;</x>"), etree.fromstring("<x xmlns='u'>a<y/></x>")

    assert transform(text) != transform(markup)


@given(WORDS, WORDS, WORDS)
def test_it_is_stable_and_both_writings_of_it_agree(text, value, tail):
    root = etree.Element("{urn:a}root", {"{urn:b}at": value, "plain": text})
    root.text = text
    etree.SubElement(root, "{urn:b}child", {"{urn:c}z": "1", "a": value}).tail = tail

    once = transform(root)

    assert transform(etree.fromstring(once)) == once
    assert normal(root).encode() == once
