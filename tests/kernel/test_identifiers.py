"""Control sums agree with the published vectors."""

import pytest

from kazna.kernel.identifiers import account_is_valid, format_snils, inn_is_valid, snils_is_valid


@pytest.mark.parametrize("snils", ["05686067192", "877-594-608 92", "00101998900", "00066666699"])
def test_right_snils(snils):
    assert snils_is_valid(snils)


@pytest.mark.parametrize("snils", ["11223344596", "05686067193", "1122334459", "", "абв"])
def test_wrong_snils(snils):
    assert not snils_is_valid(snils)


def test_snils_is_shown_in_groups():
    assert format_snils("08336732477") == "083-367-324 77"


@pytest.mark.parametrize(("inn", "right"), [("7707083893", True), ("7707083894", False), ("500100732259", True)])
def test_inn(inn, right):
    assert inn_is_valid(inn) is right


def test_account_key():
    assert account_is_valid("044525974", "40802810000004494903")
    assert not account_is_valid("044525974", "40802810000004494904")
