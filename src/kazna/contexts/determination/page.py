"""The report as a page that stands alone: charts as SVG with their tables under them, and the same counts as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

Row = tuple[str, Sequence[int]]
STATES = ("granted", "unknown", "refused")
VERDICTS = ("same", "changed", "lost", "unknown")
WORDS = {
    "granted": "положено",
    "unknown": "не хватает сведений",
    "refused": "не положено",
    "same": "без перемен",
    "changed": "другой размер",
    "lost": "утрачено",
    "people": "человек",
    "kopecks": "рублей за раз",
    "with_rights": "с правами",
    "fresh": "с новыми правами",
}
FAMILIES = {
    "large": "многодетная семья",
    "two_children": "двое детей",
    "one_child": "один ребёнок",
    "single_parent": "один родитель",
    "couple": "пара без детей",
    "alone": "одиночка",
}
GROUPED = ("people", "with_rights", "fresh", "kopecks")
FILLS = {"granted": "#1d5c9f", "unknown": "url(#lines)", "refused": "#d5dbe3", "same": "#d5dbe3",
         "changed": "url(#dots)", "lost": "#9f2f2f", "people": "#1d5c9f",
         "with_rights": "#1d5c9f", "fresh": "#1d5c9f"}  # fmt: skip
BAR, GAP, LABEL, WIDE, MOST = 18, 8, 300, 460, 30
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b2430;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem}svg{width:100%;height:auto;font-size:13px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}caption{text-align:left;color:#4a5564}
th,td{padding:.3rem .5rem;border-bottom:1px solid #d5dbe3;text-align:right}
th:first-child,td:first-child{text-align:left}
.scroll{overflow-x:auto}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0}
@media print{body{margin:0}}
"""
PATTERNS = """<defs><pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#fff"/><path d="M0 6 6 0" stroke="#1b2430" stroke-width="1.4"/></pattern>
<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#ffe9b0"/>
<circle cx="3" cy="3" r="1.4" fill="#1b2430"/></pattern></defs>"""


def report_page(report: Mapping[str, Any]) -> str:
    """A whole HTML page of a report (see telling.plain_report): needs no network and no other file."""
    titles = report["titles"]
    parts = [
        _facts(report),
        _section("Права по мерам", "measures", _named(report["measures"], titles, STATES), STATES[:2], STATES),
        _section("Новые права по мерам", "new", _new(report, titles), ("people",), ("people", "kopecks")),
        _section("Действующие назначения", "awards", _named(report["awards"], titles, VERDICTS), VERDICTS, VERDICTS),
        _section("Кому положено, по виду семьи", "families", _grouped(report.get("families", {}), FAMILIES),
                 ("with_rights",), GROUPED),
        _section("Новые права по виду семьи", "families-new", _grouped(report.get("families", {}), FAMILIES),
                 ("fresh",), GROUPED),
        _section("Люди по территориям", "territories", _territories(report), ("people",), GROUPED),
        _section("Новые права по территориям", "territories-new", _territories(report), ("fresh",), GROUPED),
        _section("Чего не хватает для ответа", "lacking", _lacking(report, titles), ("people",), ("people",)),
    ]  # fmt: skip
    title = f"Определение прав на {_day(report['on'])}"
    return (
        f'<!doctype html>\n<html lang="ru"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f'<body><main><h1>{title}</h1><svg width="0" height="0" aria-hidden="true" style="position:absolute">'
        f"{PATTERNS}</svg>{''.join(parts)}</main></body></html>\n"
    )


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d.%m.%Y}"


def _facts(report: Mapping[str, Any]) -> str:
    taken = datetime.fromisoformat(report["snapshot"])
    told = [
        ("Снимок сведений", f"{taken:%d.%m.%Y %H:%M}"),
        ("Людей", number(report["people"])),
        ("Сведений", number(report["facts"])),
        ("Вопросов", number(report["questions"])),
        ("Правила", report["law"][:12]),
        ("Чем посчитано", report["engine"]),
    ]
    if report.get("checked") is not None:
        told.append(("Сверено по одному", f"{number(report['checked'])}, расхождений {number(report['differences'])}"))
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in told)
    return f"<dl>{rows}</dl>"


def _named(counts: Mapping[str, Mapping[str, int]], titles: Mapping[str, str], names: Sequence[str]) -> list[Row]:
    rows = [(titles.get(m, m), [told.get(name, 0) for name in names]) for m, told in counts.items()]
    return sorted(rows, key=lambda row: (-row[1][0], row[0]))


def _new(report: Mapping[str, Any], titles: Mapping[str, str]) -> list[Row]:
    rows = [(titles.get(m, m), [told["people"], told["kopecks"] // 100]) for m, told in report["new"].items()]
    return sorted(rows, key=lambda row: (-row[1][0], row[0]))


def _grouped(counts: Mapping[str, Mapping[str, int]], words: Mapping[str, str]) -> list[Row]:
    return [
        (words.get(key, key), [told[name] // 100 if name == "kopecks" else told[name] for name in GROUPED])
        for key, told in counts.items()
    ]


def _territories(report: Mapping[str, Any]) -> list[Row]:
    """Reports kept before rights were counted by territory tell of its people alone."""
    bare = {code: dict.fromkeys(GROUPED, 0) | {"people": people} for code, people in report["territories"].items()}
    return _grouped(bare | dict(report.get("by_territory", {})), {})


def _lacking(report: Mapping[str, Any], titles: Mapping[str, str]) -> list[Row]:
    rows = [
        (f"{titles.get(measure, measure)}: {condition}", [people])
        for measure, told in report.get("lacking", {}).items()
        for condition, people in told.items()
    ]
    return sorted(rows, key=lambda row: (-row[1][0], row[0]))


def _section(title: str, key: str, rows: list[Row], drawn: Sequence[str], names: Sequence[str]) -> str:
    if not any(any(values) for _, values in rows):
        return f"<h2>{title}</h2><p>Таких нет.</p>"
    places = [names.index(name) for name in drawn]
    return f"<h2>{title}</h2>{_chart(title, key, rows, drawn, places)}{_table(title, rows, names)}"


def _chart(title: str, key: str, rows: list[Row], drawn: Sequence[str], places: Sequence[int]) -> str:
    """Bars lying down, the longest first; what does not fit is in the table. Said in words for those who cannot see."""
    bars = [(label, [values[place] for place in places]) for label, values in rows if sum(values[p] for p in places)]
    if not bars:
        return ""
    shown = sorted(bars, key=lambda bar: -sum(bar[1]))[:MOST]
    longest = sum(shown[0][1])
    height = len(shown) * (BAR + GAP) + BAR + GAP
    lines = [_legend(drawn)]
    for place, (label, values) in enumerate(shown, 1):
        y, x = place * (BAR + GAP), float(LABEL)
        lines.append(f'<text x="{LABEL - 8}" y="{y + 13}" text-anchor="end">{escape(_short(label))}</text>')
        for name, value in zip(drawn, values, strict=True):
            width = WIDE * value / longest
            lines.append(
                f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{FILLS[name]}" stroke="#1b2430"'
                ' stroke-width=".5"/>' if value else ""
            )  # fmt: skip
            x += width
        lines.append(f'<text x="{x + 6:.1f}" y="{y + 13}">{number(sum(values))}</text>')
    told = "; ".join(f"{label}: {number(sum(values))}" for label, values in shown[:5])
    return (
        f'<svg viewBox="0 0 {LABEL + WIDE + 90} {height}" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{title}</title><desc id="{key}-d">Больше всего: {escape(told)}. Все числа'
        " в таблице.</desc>"
        f"{''.join(lines)}</svg>"
    )


def _legend(drawn: Sequence[str]) -> str:
    found, x = [], LABEL
    for name in drawn:
        found.append(f'<rect x="{x}" y="3" width="12" height="12" fill="{FILLS[name]}" stroke="#1b2430"'
                     f' stroke-width=".5"/><text x="{x + 17}" y="14">{WORDS[name]}</text>')  # fmt: skip
        x += 40 + 8 * len(WORDS[name])
    return "".join(found)


def _short(label: str) -> str:
    return label if len(label) <= 42 else label[:41] + "…"


def _table(title: str, rows: Iterable[Row], names: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{WORDS[name]}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{escape(label)}</th>{"".join(f"<td>{number(value)}</td>" for value in values)}</tr>'
        for label, values in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}: таблица"><table>'
        f"<caption>{title}</caption>"
        f'<thead><tr><th scope="col">название</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def number(value: int) -> str:
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def report_csv(report: Mapping[str, Any]) -> str:
    """Counts by measure, a row each, separated by semicolons."""
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n")
    sheet.writerow(["мера", "название", *(WORDS[s] for s in STATES), "новых человек", "новых копеек",
                    *(f"назначения: {WORDS[v]}" for v in VERDICTS)])  # fmt: skip
    for measure in sorted({*report["measures"], *report["awards"], *report["new"]}):
        states, verdicts = report["measures"].get(measure, {}), report["awards"].get(measure, {})
        new = report["new"].get(measure, {"people": 0, "kopecks": 0})
        sheet.writerow([
            measure, _safe(report["titles"].get(measure, "")), *(states.get(s, 0) for s in STATES), new["people"],
            new["kopecks"], *(verdicts.get(v, 0) for v in VERDICTS),
        ])  # fmt: skip
    return out.getvalue()


def _safe(text: str) -> str:
    """No spreadsheet takes a title for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
