"""From a pattern to law in force: tests, agreement, publication, and what is refused on the way."""

from datetime import UTC, datetime

import pytest
from tests.contexts.studio.writing import TODAY, TOMORROW, agreed, begun, families, written
from tests.contexts.web_role import web_role

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.registers import public as registers
from kazna.contexts.studio import public as studio
from kazna.events.cause import Cause
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as

NOW = datetime(2026, 2, 16, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    clock.set_day(TODAY)
    registers.load_kinds()


def published(**told):
    draft_id = begun(**told)
    written(draft_id)
    agreed(draft_id)
    studio.publish(draft_id=draft_id, by="methodologist", on=TODAY, now=NOW)
    return draft_id


def test_a_published_draft_is_law_and_replay_finds_it():
    (mother, child), *_ = families(2)
    draft_id = published()
    roles = {"child": child, "applicant:mother": mother}
    (right_id,) = measures.evaluate([Ask("r77-school-kit", roles, "launch", Cause(None, NOW))], TOMORROW)

    assert studio.draft(draft_id).state == "published"
    assert measures.law_in_force().edition("r77-school-kit", TOMORROW).title == "Школьный набор"
    found = measures.rights([right_id])[right_id]
    assert (found.state, found.amount_kopecks) == ("granted", 1_200_000) or found.state == "unknown"
    assert measures.replay([right_id])[right_id].differences == ()


def test_the_next_edition_closes_the_one_before_and_changes_no_past_day():
    published()
    later = TOMORROW.replace(month=9)
    draft_id = studio.begin_edition(measure="r77-school-kit", first_day=later, by="methodologist")
    told = studio.version(draft_id, 1)
    text = told.measure_text.replace("between 7 and 17", "between 6 and 17").replace("2019-02", "2020-02")
    agreed_text = text.replace("when: family_income_12m", "when: family_income_12m")
    studio.save_version(draft_id=draft_id, seen=1, measure=agreed_text, figures=told.figures_text, by="methodologist")
    law, figures = measures.law_in_force(), told.figures_text
    digest = measures.publish_law(
        texts={f"measures/r77-school-kit/{later}.yaml": agreed_text, "parameters/r77_school_kit.yaml": figures},
        first_day=later, by="methodologist", reason="",
    )  # fmt: skip
    now = measures.law_in_force()

    assert digest == now.digest != law.digest
    assert [(e.start, e.end) for e in now.measures["r77-school-kit"]] == [
        (TOMORROW, later.replace(day=16)), (later, None)
    ]  # fmt: skip


def test_what_was_published_is_not_changed():
    published()
    told = {"by": "methodologist", "reason": ""}
    path = f"measures/r77-school-kit/{TOMORROW}.yaml"
    with pytest.raises(measures.EditionExists):
        measures.publish_law(texts={path: "measure: x"}, first_day=TOMORROW, **told)
    with pytest.raises(measures.StrangePath):
        measures.publish_law(texts={"../law.yaml": "x"}, first_day=TOMORROW, **told)
    figures = (measures.law_folder() / "parameters/r77_school_kit.yaml").read_text("utf-8")
    with pytest.raises(measures.PastFigures):
        measures.publish_law(
            texts={"parameters/r77_school_kit.yaml": figures.replace("12000", "15000")},
            first_day=TOMORROW.replace(year=2027), **told,
        )  # fmt: skip


def test_two_methodologists_lose_nothing():
    draft_id = begun()
    told = studio.version(draft_id, 1)
    studio.save_version(draft_id=draft_id, seen=1, measure=told.measure_text + "# А\n", figures="", by="one")

    with pytest.raises(studio.ChangedMeanwhile, match="one сохранил версию 2"):
        studio.save_version(draft_id=draft_id, seen=1, measure=told.measure_text + "# Б\n", figures="", by="two")
    assert studio.save_version(draft_id=draft_id, seen=2, measure="# Б\n", figures="", by="two") == 3
    assert studio.version(draft_id, 2).measure_text.endswith("# А\n")


def test_agreement_takes_three_others_and_falls_with_the_text():
    draft_id = begun()
    text = written(draft_id)
    with pytest.raises(studio.NotReady, match="проверенн"):
        studio.agree(draft_id=draft_id, part="lawyer", agrees=True, remark="", by="lawyer")
    studio.mark_tested(draft_id=draft_id)
    with pytest.raises(studio.NotReady, match="другой человек"):
        studio.agree(draft_id=draft_id, part="lawyer", agrees=True, remark="", by="methodologist")
    studio.agree(draft_id=draft_id, part="lawyer", agrees=True, remark="", by="lawyer")
    with pytest.raises(studio.NotReady, match="уже ответил"):
        studio.agree(draft_id=draft_id, part="finance", agrees=True, remark="", by="lawyer")
    with pytest.raises(studio.NotReady, match="согласованный"):
        studio.publish(draft_id=draft_id, by="methodologist", on=TODAY, now=NOW)
    told = studio.version(draft_id, 2)
    studio.save_version(
        draft_id=draft_id, seen=2, measure=text + "# иначе\n", figures=told.figures_text, by="methodologist"
    )

    assert studio.draft(draft_id).state == "draft"
    assert studio.agreements(draft_id, 3) == []


def test_a_backdated_edition_is_refused_or_counted_anew_openly():
    draft_id = begun(first_day=TODAY.replace(day=1))
    written(draft_id)
    agreed(draft_id)
    with pytest.raises(studio.BackdatedEdition, match="уже платили"):
        studio.publish(draft_id=draft_id, by="methodologist", on=TODAY, now=NOW)
    with pytest.raises(studio.NotReady, match="основание"):
        studio.publish(draft_id=draft_id, by="methodologist", on=TODAY, now=NOW, look_back=True)
    studio.publish(
        draft_id=draft_id, by="methodologist", on=TODAY, now=NOW, look_back=True, reason="Закон принят задним числом"
    )

    assert studio.draft(draft_id).state == "published"


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"measure": "Школа"}, studio.BadStart), ({"measure": "../x"}, studio.BadStart),
        ({"region": "7'"}, studio.BadStart), ({"like": "no-such"}, studio.BadStart),
        ({"measure": "ru-birth-grant"}, studio.MeasureTaken),
    ],
)  # fmt: skip
def test_a_strange_beginning_is_refused(told, error):
    with pytest.raises(error):
        begun(**told)


@pytest.mark.parametrize("text", ["", "{", "a: [", "measure: x\nmeasure: y", "&a [*a]", "x" * 500_000])
def test_a_broken_text_is_kept_as_typed_and_never_tested(text):
    draft_id = begun()
    if len(text) > 400_000:
        with pytest.raises(studio.NotReady, match="знаков"):
            studio.save_version(draft_id=draft_id, seen=1, measure=text, figures="", by="one")
        return
    studio.save_version(draft_id=draft_id, seen=1, measure=text, figures="", by="one")
    assert studio.version(draft_id, 2).measure_text == text
    with pytest.raises(studio.NotReady, match="ошибок"):
        studio.mark_tested(draft_id=draft_id)


def test_another_regions_measure_begins_under_a_new_name():
    draft_id = begun(measure="r53-uniform", region="53", like="r77-school-uniform")
    text = studio.version(draft_id, 1).measure_text

    assert "measure: r53-uniform" in text and 'region: "53"' in text and "launched" not in text
    assert "person.region = '53'" in text and "'77'" not in text


def test_drafts_are_rows_of_the_region_of_their_methodologist():
    draft_id = begun()
    for viewer, sees in [
        (Viewer("methodologist", "m", "", "77"), True), (Viewer("methodologist", "m"), True),
        (Viewer("methodologist", "m", "", "53"), False), (Viewer("officer", "o", "", "77"), False),
        (Viewer("citizen", "c"), False),
    ]:  # fmt: skip
        with acting_as(viewer), web_role():
            assert [one.id for one in studio.drafts()] == ([draft_id] if sees else [])
