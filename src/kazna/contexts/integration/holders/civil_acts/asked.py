"""ЗАГС on request: six kinds of civil acts about one person, messages …INFRequest and …INFResponse 112-51…112-56."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import AnswerGiven, Kind, Question, Statement
from kazna.contexts.integration.holders.civil_acts import records
from kazna.contexts.integration.holders.topic import Topic, known
from kazna.contexts.integration.readers.elements import Placed, children, needed_day, place, value
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on
from kazna.contexts.integration.writers.elements import add, set_attributes, to_bytes
from kazna.kernel.identifiers import format_snils

AGENCY = "zags"
GROUND = "01"  # КодНормОсн by СНПОС; the classifier was not found, the code is ours until it is
FOUND = "1"  # РезОбраб: the record is given; other codes mean not found, several found, refused


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of act: its message and edition, the code of the kind, the reader of one record."""

    topic: str
    title: str
    message: str
    edition: str
    code: str
    schema: str
    record: Callable[[etree._Element], Statement]

    @property
    def namespace(self) -> str:
        return f"urn://x-artefacts-zags-{self.message.lower()}/root/{self.edition}"

    @property
    def types(self) -> str:
        return f"urn://x-artefacts-zags-{self.message.lower()}/types/{self.edition.rpartition('/')[2]}"


ACTS = (
    Act("birth", "запись о рождении", "ROGDINF", "112-51/4.0.1", "01", "ZagsRojd/zags-rogdinf",
        records.birth_record),
    Act("death", "запись о смерти", "FATALINF", "112-52/4.0.1", "07", "ZagsDeath/zags-fatalinf",
        records.death_record),
    Act("name_change", "запись о перемене имени", "PERNAMEINF", "112-53/4.0.0", "06", "ZagsRename/zags-pernameinf",
        records.name_change_record),
    Act("marriage", "запись о браке", "BRAKZAKINF", "112-54/4.0.0", "02", "ZagsBrakZak/zags-brakzakinf",
        records.marriage_record),
    Act("divorce", "запись о расторжении брака", "BRAKRASTINF", "112-55/4.0.0", "03",
        "ZagsBrakRastor/zags-brakrastinf", records.divorce_record),
    Act("paternity", "запись об установлении отцовства", "PARENTINF", "112-56/4.0.0", "04",
        "ZagsParent/zags-parentinf", records.paternity_record),
)  # fmt: skip


def write_question(act: Act, request_id: UUID, question: Question) -> bytes:
    """…INFRequest about one person. Raises QuestionIncomplete without a birth date."""
    here, types, person = act.namespace, act.types, question.person
    born_on = known(person.birth_date, "дата рождения")
    root = etree.Element(f"{{{here}}}{act.message}Request", nsmap={"ns": here, "ns1": types})
    set_attributes(root, {"ИдЗапрос": str(request_id), "КолДок": "1", "ТипАГС": act.code})
    add(add(root, here, "СведОсн", КодНормОсн=GROUND), here, "ПрСведДокОсн", "1")
    asked = add(root, here, "СведЗапрос", ИдДок=str(request_id))
    about = add(asked, here, "СведФЛ", СНИЛС=format_snils(person.snils) if person.snils else None)
    name = add(about, here, "ФИО")
    for field, absent, told in (
        ("Фамилия", "ПрФамилия", person.surname),
        ("Имя", "ПрИмя", person.forename),
        ("Отчество", "ПрОтчество", person.patronymic),
    ):
        add(name, types, field if told else absent, told or "1")
    add(about, here, "ДатаРождКаленд", born_on.isoformat())
    add(asked, here, "ПрРегионРегАГС", "1")
    return to_bytes(root)


def read_answer(act: Act, root: etree._Element) -> Iterator[Placed]:
    """The answer itself, then every record it carries, in the words of the pushed messages."""
    told = list(children(root, "СведОтветАГС"))
    found = [record for one in told for record in one]
    yield Placed(
        place(root),
        AnswerGiven(
            request_id=value(root, "ИдЗапрос"),
            topic=act.topic,
            person=None,
            answered_on=needed_day(root, "ДатаСвед"),
            is_present=bool(found),
        ),
    )
    for record in found:
        yield Placed(place(record), act.record(record))


TOPICS = tuple(
    Topic(
        agency=AGENCY,
        name=act.topic,
        title=act.title,
        path=f"/zags/{act.topic}",
        schema=f"smev_vs/{act.schema}-ru-root.xsd",
        write=partial(write_question, act),
    )
    for act in ACTS
)
FORMATS = {
    f"{{{act.namespace}}}{act.message}Response": XmlFormat(
        Kind.CIVIL_ACT_ANSWER, AGENCY, (f"smev_vs/{act.schema}-ru-root.xsd",), partial(read_answer, act), informed_on
    )
    for act in ACTS
}
