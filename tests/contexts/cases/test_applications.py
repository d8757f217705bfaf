"""Applications: begun here, continued there, filed once, taken back; files that are not what they say."""

import socket
import struct
import threading
from datetime import date

import pytest
from tests.factories.people import cause, enter_child, enter_person

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.attaching import MOST_BYTES, take_file
from kazna.contexts.cases.models import Application, Case
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.deliver import drain
from kazna.plumbing.viruses import ScannerSilent, VirusFound, scan

TODAY = date(2026, 2, 16)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def mother(db, tmp_path, monkeypatch):
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))
    clock.set_day(TODAY)
    registers.load_kinds()
    return enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=TODAY)


@pytest.fixture
def child(mother):
    found = enter_child(223344556, mother, "Михаил", date(2026, 2, 10), on=TODAY)
    drain()
    return found


@pytest.fixture
def draft(mother, child):
    return start(mother, child)


def start(mother, child, measure="ru-child-benefit", channel="cabinet", **given):
    return cases.applications.start(
        measure=measure, recipient_id=mother, subject_id=child, filed_by=given.pop("filed_by", mother),
        channel=channel, on=TODAY, **given,
    )  # fmt: skip


def tell(draft, question, answer, channel="cabinet", version=None):
    known = cases.applications.application(application_id=draft.application_id)
    cases.applications.answer(
        application_id=draft.application_id, question=question, answer=answer, version=version or known.version,
        channel=channel, on=TODAY,
    )  # fmt: skip


def fill(draft):
    while (
        question := cases.applications.turn(application_id=draft.application_id, on=TODAY).next_question
    ) is not None:
        tell(draft, question.id, {"yes_no": "нет", "money": "0"}.get(question.type, "0"))


def file(draft, **given):
    return cases.applications.file(
        application_id=draft.application_id, version=given.get("version"), channel="cabinet", on=TODAY,
        cause=cause(TODAY),
    )  # fmt: skip


def test_only_what_no_agency_knows_is_asked(draft):
    turn = cases.applications.turn(application_id=draft.application_id, on=TODAY)

    facts = measures.law_in_force().facts
    assert turn.questions
    assert all(
        facts[one.id].cost == "citizen" or not facts[one.id].holder for one in turn.questions if "[" not in one.id
    )
    assert any(line.startswith("ФНС") for line in turn.requests)


def test_begun_in_the_cabinet_it_goes_on_at_the_desk(draft, mother, child):
    question = cases.applications.turn(application_id=draft.application_id, on=TODAY).next_question
    tell(draft, question.id, "нет")

    again = start(mother, child, channel="front_office", entered_by="officer")

    assert (again.application_id, again.channel, again.answers) == (
        draft.application_id,
        "cabinet",
        {question.id: "нет"},
    )


def test_another_window_is_told_so(draft):
    question = cases.applications.turn(application_id=draft.application_id, on=TODAY).next_question
    tell(draft, question.id, "нет")

    with pytest.raises(cases.applications.ApplicationChanged):
        tell(draft, question.id, "да", version=1)


@pytest.mark.parametrize(
    "hostile", ["", "<script>alert(1)</script>", "' OR 1=1 --", "может быть", "1e999999999", "\x00"]
)
def test_hostile_answers_are_refused_and_change_nothing(draft, hostile):
    question = cases.applications.turn(application_id=draft.application_id, on=TODAY).next_question

    with pytest.raises(measures.AnswerError):
        tell(draft, question.id, hostile)
    assert cases.applications.application(application_id=draft.application_id).answers == {}


def test_it_is_not_filed_with_questions_left(draft):
    with pytest.raises(cases.applications.ApplicationNotReady):
        file(draft)


def test_filed_twice_it_is_one_application_and_one_case(draft, child):
    fill(draft)

    first, second = file(draft), file(draft)
    drain()

    assert first.number == second.number == "З-77-2026-000001"
    assert len(registers.facts_of([draft.recipient_id], kinds=["application"])) == 1
    case = Case.objects.get(measure="ru-child-benefit", subject_id=child)
    assert (case.state, case.applied_on) == ("collecting", TODAY)
    assert cases.applications.application(application_id=draft.application_id).case_id == case.id


def test_a_second_application_while_the_first_is_under_way_is_not_needed(draft, mother, child):
    fill(draft)
    file(draft)
    drain()
    again = start(mother, child)
    fill(again)

    with pytest.raises(cases.applications.AlreadyApplied):
        file(again)


def test_taken_back_it_closes_the_case(draft, child):
    fill(draft)
    file(draft)
    drain()

    taken = cases.applications.withdraw(application_id=draft.application_id, on=TODAY, cause=cause(TODAY))
    drain()

    case = Case.objects.filter(measure="ru-child-benefit", subject_id=child).order_by("ordinal").first()
    assert (taken.state, case.state, case.outcome) == ("withdrawn", "closed", "withdrawn")
    with pytest.raises(cases.applications.ApplicationNotOpen):
        tell(draft, "family.property_excess", "нет")


def test_a_parent_acts_for_a_child_and_a_stranger_does_not(mother, child):
    stranger = enter_person(445566778, "Чужая", "Вера", "Павловна", date(1980, 8, 8), "F", on=TODAY)

    mine = cases.applications.start(
        measure="ru-treatment-travel",
        recipient_id=child,
        subject_id=child,
        filed_by=mother,
        channel="cabinet",
        on=TODAY,
    )
    assert mine.relation == "parent"
    with pytest.raises(cases.applications.NotRepresentative):
        start(mother, child, filed_by=stranger)


@pytest.mark.parametrize(("measure", "channel"), [("no-such", "cabinet"), ("ru-large-family-award", "cabinet")])
def test_where_no_application_is_taken_it_is_said(mother, child, measure, channel):
    with pytest.raises(cases.applications.MeasureNotOpen):
        start(mother, mother, measure=measure, channel=channel)


def test_machines_send_it_once_under_a_key(mother, child, draft):
    fill(draft)
    answers = dict(cases.applications.application(application_id=draft.application_id).answers)
    Application.objects.all().delete()

    def send(digest="a" * 64):
        return cases.applications.take(
            key="mfc/1", digest=digest, measure="ru-child-benefit", recipient_id=mother, subject_id=child,
            filed_by=mother, answers=answers, channel="api", on=TODAY, cause=cause(TODAY),
        )  # fmt: skip

    assert send().number == send().number
    with pytest.raises(cases.applications.KeyReused):
        send("b" * 64)


def test_a_file_is_kept_once_and_given_back_whole(draft):
    for _ in range(2):
        cases.applications.attach(
            application_id=draft.application_id, name="справка.pdf", content=PDF, channel="cabinet", on=TODAY
        )

    [kept] = cases.applications.application(application_id=draft.application_id).attachments
    assert cases.applications.attachment(attachment_id=kept.attachment_id)[1] == PDF
    cases.applications.remove(application_id=draft.application_id, attachment_id=kept.attachment_id)
    assert cases.applications.application(application_id=draft.application_id).attachments == ()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("справка.pdf", b"MZ\x90\x00", "это не PDF"),
        ("фото.png", b"\xff\xd8\xff\xe0", "имя говорит другое"),
        ("справка.pdf.exe", PDF, "имя говорит другое"),
        ("пусто.pdf", b"", "пустой"),
        ("велик.pdf", PDF + b"0" * MOST_BYTES, "больше"),
        ("умный.pdf", PDF + b"/OpenAction << /S /JavaScript >>", "программы"),
        ("<svg onload=alert(1)>.svg", b"<svg/>", "это не PDF"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, content, said):
    with pytest.raises(cases.applications.FileRefused, match=said):
        take_file(name, content)


def test_a_name_is_made_harmless():
    assert "/" not in take_file("..\\../etc/<b>passwd.pdf", PDF).name


def scanner(answer: bytes) -> str:
    """A clamd that takes one INSTREAM and answers; its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        line, _ = server.accept()
        with line, line.makefile("rb") as stream:
            stream.read(10)
            while size := struct.unpack("!L", stream.read(4))[0]:
                stream.read(size)
            line.sendall(answer + b"\0")
        server.close()

    threading.Thread(target=serve, daemon=True).start()
    return f"127.0.0.1:{server.getsockname()[1]}"


def test_a_scanner_is_asked_and_its_silence_is_no_consent():
    assert scan(PDF, "") == "not_scanned"
    assert scan(PDF, scanner(b"stream: OK")) == "clean"
    with pytest.raises(VirusFound, match="Eicar"):
        scan(PDF, scanner(b"stream: Eicar-Signature FOUND"))
    with pytest.raises(ScannerSilent):
        scan(PDF, scanner(b"INSTREAM size limit exceeded. ERROR"))
    with pytest.raises(ScannerSilent):
        scan(PDF, "127.0.0.1:1")
