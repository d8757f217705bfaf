"""Messages as the product would send them."""

from __future__ import annotations

from datetime import date

from kazna.population import Region


def income_request(region: Region, person: int, year: int) -> bytes:
    people = region.people
    return f"""<n:DOHFLNARequest xmlns:n="urn://x-artefacts-fns-dohflna/root/260-18/4.0.1"
        Id="PERSONAL_SIGNATURE" ИдЗапрос="q-{person}-{year}" ОтчетГод="{year}">
        <n:СвФЛ ДатаРожд="{people.birth_date[person]}" СНИЛС="{people.snils[person]}">
        <n:ФИОФЛ FamilyName="{people.surname[person]}" FirstName="{people.forename[person]}"/>
        <n:УдЛичн DocumentCode="21" SeriesNumber="4512 100001"/></n:СвФЛ></n:DOHFLNARequest>""".encode()


def unemployment_request(region: Region, person: int, on: date) -> bytes:
    people = region.people
    return f"""<SZNRequest xmlns="http://se2.data.service.smev.pfr.ru/SZN/1.0.1">
        <RegionCode>45000000</RegionCode><LastName>{people.surname[person]}</LastName>
        <FirstName>{people.forename[person]}</FirstName><Snils>{people.snils[person]}</Snils>
        <DateQuery>{on}</DateQuery></SZNRequest>""".encode()


def credit_register(lines: list[tuple[str, str, str | None, str, str]], *, total: str, number: str = "7") -> bytes:
    """Lines are surname, forename, patronymic, account, roubles."""
    rows = "".join(
        f'<Сотрудник Нпп="{place}"><Фамилия>{surname}</Фамилия><Имя>{forename}</Имя>'
        + (f"<Отчество>{patronymic}</Отчество>" if patronymic else "")
        + f"<ОтделениеБанка>1</ОтделениеБанка><ЛицевойСчет>{account}</ЛицевойСчет>"
        f"<Сумма>{roubles}</Сумма><КодВалюты>643</КодВалюты></Сотрудник>"
        for place, (surname, forename, patronymic, account, roubles) in enumerate(lines, start=1)
    )
    return (
        f'<СчетаПК xmlns="http://v8.1c.ru/edi/edi_stnd/109" НомерРеестра="{number}" ДатаРеестра="2025-01-15"'
        f' БИК="044525225"><ЗачислениеЗарплаты>{rows}</ЗачислениеЗарплаты><КонтрольныеСуммы>'
        f"<КоличествоЗаписей>{len(lines)}</КоличествоЗаписей><СуммаИтого>{total}</СуммаИтого>"
        "</КонтрольныеСуммы></СчетаПК>"
    ).encode()
