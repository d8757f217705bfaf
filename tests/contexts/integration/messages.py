"""Messages for tests: the official samples with a few words changed, and small documents of our own formats."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date

from kazna.kernel.identifiers import format_snils, snils_control
from kazna.kernel.places import FORMATS

TODAY = date(2026, 2, 10)
SAMPLE = (FORMATS / "samples" / "birth-rogd-4.0.5.sample.xml").read_text("utf-8")
FRI_SAMPLE = (FORMATS / "samples" / "fri-request-extract.sample.xml").read_bytes()
NAME_SAMPLE = (FORMATS / "samples" / "name-change-4.0.4.sample.xml").read_bytes()


def snils(number: int) -> str:
    nine = f"{number:09d}"
    return nine + snils_control(nine)


def birth(
    *,
    number: str = "1234",
    born: str = "2026-02-01",
    recorded: str = "2026-02-05",
    state_since: str = "2026-02-05",
    forename: str = "Петр",
    child_snils: str = "083 367 324 77",
    message_id: str = "c8b2fc15-76b6-4ab9-9bf7-363c8c572f02",
) -> bytes:
    """The official birth record with parents old enough, born and recorded on the given days."""
    changes = {
        "c8b2fc15-76b6-4ab9-9bf7-363c8c572f02": message_id,
        'НомерЗапис="1234"': f'НомерЗапис="{number}"',
        "<ns:ДатаЗапис>2009-05-16": f"<ns:ДатаЗапис>{recorded}",
        'ДатаНачСостСтат="2003-08-09+04:00"': f'ДатаНачСостСтат="{state_since}"',
        "2000-04-21+04:00": born,
        "2004-01-03": "1994-01-03",
        "2014-07-21+04:00": "1990-07-21+04:00",
        "<ns1:Имя>Петр": f"<ns1:Имя>{forename}",
        "083 367 324 77": child_snils,
    }
    text = SAMPLE
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


DEATH = """<f:FATALRequest xmlns:f="urn://x-artefacts-zags-fatal/root/112-04/4.0.6"
 xmlns:t="urn://x-artefacts-zags-fatal/types/4.0.6" ИдСвед="1" ДатаСвед="2026-02-05">
<f:СведРегСмерт РазделЕГР="1" НомерЗаписЕГР="110269770000100001007"
 ДатаВерс="{version_on}" НомерВерс="{version}" КодСостСтат="0113">
<f:ДатаЗапис>2026-02-05</f:ДатаЗапис><f:ОрганЗАГС НаимЗАГС="ЗАГС" КодЗАГС="R7700001"/>
<f:ПрдСведРег СНИЛС="{snils}"><f:Пол>2</f:Пол><f:ГраждОКСМ>643</f:ГраждОКСМ>
<f:ФИОУмер><t:Фамилия>ИВАНОВА</t:Фамилия><t:Имя>АННА</t:Имя><t:ПрОтчество>1</t:ПрОтчество></f:ФИОУмер>
<f:ДатаРождКаленд>{born}</f:ДатаРождКаленд><f:ПрМестоРожден>1</f:ПрМестоРожден><f:ПрМЖПосл>1</f:ПрМЖПосл>
<f:ПрУдЛичнФЛ>1</f:ПрУдЛичнФЛ>{died}<f:ПрВремяСмерт>1</f:ПрВремяСмерт><f:ПрМестоСмерт>1</f:ПрМестоСмерт>
</f:ПрдСведРег>{tail}</f:СведРегСмерт></f:FATALRequest>"""


def death(
    *, born: str = "1950-01-03", died: str = "2026-02-03", version: int = 1, tail: str = "", partly: bool = False
) -> bytes:
    """A death record; `partly` leaves the day of death unknown, `tail` adds corrections."""
    day = f"<f:ДатаСмертКаленд>{died}</f:ДатаСмертКаленд>"
    if partly:
        day = "<f:ДатаСмертДок><t:ПрДень>1</t:ПрДень><t:Месяц>2</t:Месяц><t:Год>2026</t:Год></f:ДатаСмертДок>"
    text = DEATH.format(
        version=version, version_on="2026-02-05", snils=format_snils(snils(123456789)), born=born, died=day, tail=tail
    )
    return text.encode()


def struck_out(on: str) -> str:
    return f'<f:СведАннулирАГС ДатаВнесИспр="{on}"><t:ПрСведДокИспрАГС>1</t:ПрСведДокИспрАГС></f:СведАннулирАГС>'


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, payload in files.items():
            archive.writestr(name, payload)
    return target.getvalue()


def table_archive(format_name: str, tables: dict[str, list[tuple]], **manifest: object) -> bytes:
    """A zip of CSV tables with a manifest; keyword arguments spoil the manifest."""
    files: dict[str, bytes] = {}
    facts = {}
    for name, rows in tables.items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        files[name] = text.getvalue().encode()
        facts[name] = {"rows": len(rows) - 1, "sha256": hashlib.sha256(files[name]).hexdigest()}
    content = {"format": format_name, "region": "77", "as_of": "2026-02-05", "files": facts} | manifest
    return zipped(files | {"manifest.json": json.dumps(content).encode()})


def bank_statement(register: str = "17", second: str = "отказ") -> bytes:
    return f"""<Выписка Формат="own_statement/1" НомерРеестра="{register}" ДатаРеестра="2026-02-03"
 ДатаВыписки="2026-02-04">
<Зачисление Нпп="1" ЛицевойСчет="40817810000000000001" Сумма="26941.71" Результат="зачислено"/>
<Зачисление Нпп="2" ЛицевойСчет="40817810000000000002" Сумма="0.05" Результат="{second}" Причина="Счёт закрыт"/>
</Выписка>""".encode()


def citizen_act(**changes: object) -> bytes:
    act = {
        "format": "own_epgu/1", "id": "e-1", "kind": "consent", "snils": snils(112233445),
        "measure": "ru-child-benefit",
        "child_snils": None, "child_birth_act": "birth/R7700001/12/2026-02-01", "on": "2026-02-09", "account": None,
        "deceased_snils": None,
    }  # fmt: skip
    return json.dumps(act | changes, ensure_ascii=False).encode()
