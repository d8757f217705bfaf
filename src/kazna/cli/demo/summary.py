"""What the run came to: from messages to money, and how long each stage took."""

from __future__ import annotations

import resource
from dataclasses import asdict
from typing import Any

from kazna.cli.demo.days import Spent
from kazna.cli.output import console, print_table
from kazna.cli.payments import SUMS
from kazna.contexts.cases import public as cases
from kazna.contexts.integration import public as integration
from kazna.contexts.life_events import public as life_events
from kazna.contexts.measures import public as measures
from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.kernel.money import roubles_and_kopecks
from kazna.plumbing.models import StageTime

PROCESSES = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
STATES = ("granted", "refused", "unknown")


def collect(*, prepared_seconds: float, lived_seconds: float, spent: Spent) -> dict[str, Any]:
    """The figures of the run as plain data; money in kopecks, time in seconds."""
    latency = notifications.latency()
    return {
        "seconds": {
            "prepare": round(prepared_seconds, 1),
            "main_job": round(lived_seconds, 1),
            "agencies_and_intake": round(spent.reporting, 1),
            "spine": round(spent.spine, 1),
        },
        "messages": integration.counts().plain(),
        "registers": registers.counts(),
        "life_events": life_events.counts(),
        "rights": measures.counts(),
        "cases": cases.counts(),
        "payments": {
            f"{what} · {state}": {"pieces": pieces, "kopecks": kopecks}
            for what, states in payments.counts().items()
            for state, (pieces, kopecks) in states.items()
        },
        "sums": {measure: asdict(row) for measure, row in payments.totals().items()},
        "notices": notifications.counts(),
        "egisso_facts": sum(1 for _ in cases.assignments()),
        "message_to_notice_seconds": {"median": latency.median_seconds, "p95": latency.p95_seconds},
        "stages": [
            {"stage": row.consumer, "events": row.events, "seconds": round(row.seconds, 2)}
            for row in StageTime.objects.order_by("-seconds")
        ],
        "peak_memory_mb": max(resource.getrusage(who).ru_maxrss for who in PROCESSES) // 1024,
    }


def show(summary: dict[str, Any]) -> None:
    """The same for people."""
    for title, key in (("Сообщения", "messages"), ("Реестры", "registers"), ("Жизненные события", "life_events")):
        print_table(title, ["что", "сколько"], _flat(summary[key]))
    rights = [(measure, *(by.get(state, 0) for state in STATES)) for measure, by in sorted(summary["rights"].items())]
    print_table("Права по мерам", ["мера", "есть", "нет", "неизвестно"], rights)
    print_table("Дела и решения", ["что", "сколько"], _flat(summary["cases"]))
    paid = [(what, row["pieces"], roubles_and_kopecks(row["kopecks"])) for what, row in summary["payments"].items()]
    print_table("Выплаты", ["что", "сколько", "сумма"], paid)
    sums = [(name, *map(roubles_and_kopecks, row.values())) for name, row in summary["sums"].items()]
    print_table("Деньги по мерам", ["мера", *SUMS], sums)
    print_table("Этапы", ["этап", "событий", "секунд"], [tuple(row.values()) for row in summary["stages"]])
    latency, seconds = summary["message_to_notice_seconds"], summary["seconds"]
    console.print(f"Уведомлений: {sum(_numbers(summary['notices']))}; фактов для ЕГИССО: {summary['egisso_facts']}")
    console.print(f"От сообщения до уведомления: медиана {latency['median']} с, 95 % — {latency['p95']} с")
    console.print(f"Подготовка {seconds['prepare']} с, основная работа {seconds['main_job']} с")
    console.print(f"Из неё ведомства и приём {seconds['agencies_and_intake']} с, хребет {seconds['spine']} с")


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, int]]:
    rows: list[tuple[str, int]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{name} · ")
        else:
            rows.append((prefix + name, value))
    return rows


def _numbers(table: dict[str, Any]) -> list[int]:
    return [number for _, number in _flat(table)]
