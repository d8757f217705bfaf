"""A body describes its measure: found by any word form, placed in КМСЗ, named clearly, versioned, printed from law."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from lxml import etree
from tests.factories.egisso import BODY, KBK, ON, STRANGER, fact, facts_package, ident
from tests.factories.egisso import measure_card as card

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.control.known import Known
from kazna.contexts.egisso.control.versions import check_publication
from kazna.contexts.egisso.measures.names import check_name
from kazna.contexts.egisso.messages.read import open_message
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.egisso.models import LocalMeasure, MeasureDraft
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.kernel.places import FORMATS

OWN_KMSZ = FORMATS / "egisso" / "own" / "own_kmsz.xml"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
local = egisso.local_measures


@pytest.fixture
def register(db) -> None:
    registers.load_kinds()
    measures.store_release()


def described(**changes) -> UUID:
    draft_id = local.start(provider=BODY, by="anna", now=NOW, on=ON)
    local.save(draft_id, card(**changes), provider=BODY, by="anna", now=NOW, on=ON)
    return draft_id


def recorded(**changes) -> UUID:
    draft_id = described(**changes)
    receipt = local.record(draft_id, provider=BODY, by="anna", on=ON, now=NOW)
    assert receipt.accepted == 1, [one.findings for one in receipt.rejected]
    schema("10.05.I-2.1.0.xsd").assertValid(etree.fromstring(receipt.protocol))
    return draft_id


def test_a_measure_is_described_recorded_and_found_by_other_forms_of_its_words(register):
    measure_id = recorded()

    found = local.search(words="выплаты многодетной семье ребёнок", region="49", on=ON, in_force=True)

    assert [one.id for one in found] == [measure_id]
    assert local.search(words="многодетные", region="45", on=ON) == []
    assert local.search(words="'; DROP TABLE -- & | !", on=ON) == []
    assert local.drafts(provider=BODY) == []


def test_shares_that_do_not_make_a_hundred_are_refused_and_the_draft_stays(register):
    draft_id = described(shares=[{"funding": "0100", "quota": "90"}])

    refused = local.judge(local.draft(draft_id, provider=BODY), on=ON, now=NOW).refusals
    receipt = local.record(draft_id, provider=BODY, by="anna", on=ON, now=NOW)

    assert [one.rule_code for one in refused] == ["016"] and receipt.accepted == 0
    assert [one.id for one in local.drafts(provider=BODY)] == [draft_id]


def test_an_empty_card_names_every_missing_field_and_breaks_nothing(register):
    draft_id = local.start(provider=BODY, by="anna", now=NOW, on=ON)

    judged = local.judge(local.draft(draft_id, provider=BODY), on=ON, now=NOW)

    assert judged.refusals and [one.kind for one in judged.name] == ["empty"]


NAMES = {
    "good": ("Ежемесячная выплата многодетным семьям", []),
    "nobody": ("Ежемесячная денежная выплата отдельным лицам", ["category"]),
    "nothing given": ("Ежемесячно многодетным семьям региона", ["kind"]),
    "how often": ("Единовременная выплата многодетным семьям", ["periodicity"]),
    "silent": ("Денежная выплата многодетным семьям", ["no_periodicity"]),
    "short": ("Выплата МСП", ["short", "abbreviation", "category", "no_periodicity"]),
    "latin": ("Eжемeсячная выплата многодетным семьям", ["latin", "no_periodicity"]),
    "act": ("Выплата по закону области № 5-ОЗ", ["abbreviation", "act_only", "category", "no_periodicity"]),
}


@pytest.mark.parametrize(("title", "kinds"), NAMES.values(), ids=NAMES)
def test_a_name_tells_what_whom_and_how_often(title, kinds):
    assert [one.kind for one in check_name(card(title=title))] == kinds


def test_a_second_measure_of_the_same_name_is_remarked(register):
    recorded()

    judged = local.judge(local.draft(described(), provider=BODY), on=ON, now=NOW)

    assert [one.kind for one in judged.name] == ["repeated"]


def test_suggestions_stand_in_the_list_of_rules(register):
    suggested = local.suggest(title="Страховые пенсии при инвалидности", categories="инвалиды первой группы", on=ON)

    assert suggested.msz[0].code == "0101"
    assert suggested.full_codes[0].code.startswith("0101.02")
    assert local.suggest(title="???", on=ON).msz == []


def test_the_register_votes_for_the_place_of_a_measure_that_is_called_alike(register):
    recorded(title="Хлебная выплата ежемесячная многодетным семьям")

    assert "0301" in [one.code for one in local.suggest(title="Хлебная", on=ON).msz]


def test_a_version_inherits_assignments_and_another_body_may_not_make_one(register):
    first = recorded()
    (category,) = local.measure(first).card["categories"]
    told = fact(1, measure_id=str(first), category_id=category["id"])
    known = egisso.known(ON, to_record=True)
    egisso.take_package(facts_package(told), known=known, provider=BODY, on=ON, received_at=NOW)

    second = local.start(provider=BODY, by="anna", now=NOW, on=ON, version_of=first)
    receipt = local.record(second, provider=BODY, by="anna", on=ON, now=NOW)

    assert receipt.accepted == 1
    assert (local.uses_of(second, on=ON).own, local.uses_of(second, on=ON).inherited) == (0, 1)
    assert [one.id for one in local.line_of(first)] == [second, first]
    with pytest.raises(local.MeasureOfAnother):
        local.start(provider=STRANGER, by="x", now=NOW, on=ON, version_of=first)
    with pytest.raises(local.DraftUnknown):
        local.draft(second, provider=STRANGER)


def test_a_package_of_a_stranger_cannot_replace_or_remove_a_measure(register):
    first = recorded()
    table = local.write_measures([{**card(), "id": ident("thief"), "previous_id": str(first)}])

    ((receipt, rows),) = local.take_table(table, provider=STRANGER, on=ON, now=NOW)

    assert rows == [2] and [one.rule_code for one in receipt.rejected[0].findings if one.is_refusal] == ["925"]


def test_the_texts_of_a_measure_are_those_its_rule_prints(register):
    rule = "ru-birth-grant"
    draft_id = local.start(provider=BODY, by="anna", now=NOW, on=ON, law_measure=rule)
    draft = local.draft(draft_id, provider=BODY)
    forged = {**draft.card, "title": "Другое", "estimation": "Сколько попросят", "kbk": KBK, "msz": "0301",
              "shares": [{"funding": "1000", "quota": "100"}], "request_forms": ["2"], "answer_forms": ["2"],
              "categories": [{**draft.card["categories"][0], "category": "03000002"}]}  # fmt: skip
    local.save(draft_id, forged, provider=BODY, by="anna", now=NOW, on=ON)

    receipt = local.record(draft_id, provider=BODY, by="anna", on=ON, now=NOW)

    assert receipt.accepted == 1, [one.findings for one in receipt.rejected]
    assert local.measure(draft_id).title == local.print_card(rule, on=ON).card["title"] != "Другое"
    assert local.different(on=ON) == []
    LocalMeasure.objects.filter(pk=draft_id).update(card={**local.measure(draft_id).card, "conditions": "устарело"})
    (changed,) = local.different(on=ON)
    assert [name for name, _, _ in changed.fields] == ["conditions"]


def test_every_rule_of_the_law_prints_a_card_that_the_control_takes(register):
    message = local.own_package(on=ON, now=NOW, kbk=KBK)

    schema("10.05.I-2.1.0.xsd").assertValid(etree.fromstring(message))
    verdicts = list(egisso.check(message, known=known_now()).records)
    assert len(verdicts) > 50
    assert [(one.record_id, one.findings) for one in verdicts if not one.accepted] == []


def known_now() -> Known:
    return egisso.known(ON, to_record=True)


def test_a_table_of_a_region_is_taken_in_and_written_back(register):
    first = recorded()
    table = local.write_measures(local.cards_of(provider=BODY))
    LocalMeasure.objects.all().delete()
    MeasureDraft.objects.all().delete()

    ((receipt, _),) = local.take_table(table, provider=BODY, on=ON, now=NOW)
    ((again, _),) = local.take_table(table, provider=BODY, on=ON, now=NOW)

    assert receipt.accepted == 1, [one.findings for one in receipt.rejected]
    assert again.is_refused
    kept = local.measure(first)
    assert (kept.title, kept.card["shares"][1], kept.card["categories"][0]["criteria"][0]["coefficient"]) == (
        card()["title"], {"funding": "0010", "quota": "10"}, "1.5")  # fmt: skip
    assert kept.first_day == date(2026, 1, 1)


@pytest.mark.parametrize("payload", [b"", b"PK\x03\x04....", b"<xml/>"])
def test_what_is_no_table_is_refused(register, payload):
    with pytest.raises(egisso.SheetRefused):
        list(local.take_table(payload, provider=BODY, on=ON, now=NOW))


def test_no_two_measures_of_the_law_share_a_code_of_their_own(register):
    for name in ("measure_code", "lmsz_id", "category_id"):
        held = [
            (str(passport[name]), one.measure)
            for one in measures.measures_list()
            if name in (passport := one.editions[0].document["passport"].get("egisso") or {})
        ]
        by_code = dict(held)
        assert [(code, one, by_code[code]) for code, one in held if by_code[code] != one] == []


def test_our_own_classifier_repeats_no_code_and_its_rules_stand_on_its_codes():
    (record,) = open_message(OWN_KMSZ)[1]

    assert record.faults == () and list(check_publication(record.ours, 1)) == []
