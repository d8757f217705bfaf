"""Hand parcels over to the product, and keep trying while it is down: a restart is an ordinary event."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping

import httpx

from kazna.kernel.errors import DomainError
from kazna.standins.parcels import Parcel

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 5.0
ANSWER_SECONDS = 120.0


class ProductUnreachable(DomainError):
    sentence = "Платформа не приняла {name} за {seconds:.0f} с: {why}. Запустите её и повторите день."


class ParcelRefused(DomainError):
    sentence = "Платформа отказалась принять {name}: код {status}. Проверьте ключ ведомства и размер файла."


class Product:
    """The product's intake address and the keys under which the agencies know it."""

    def __init__(
        self,
        client: httpx.Client,
        *,
        keys: Mapping[str, str],
        patience_seconds: float,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`client` has the product's address as its base; a parcel is retried for `patience_seconds`."""
        self.client = client
        self.keys = keys
        self.patience_seconds = patience_seconds
        self.sleep = sleep
        self.clock = clock

    def deliver(self, parcel: Parcel) -> Counter[str]:
        """Post until answered; return documents by status (accepted, duplicate, quarantined).

        Raises ProductUnreachable when patience ends, ParcelRefused on an answer that waiting won't change.
        """
        began, pause = self.clock(), FIRST_PAUSE_SECONDS
        while True:
            answer, why = self.post(parcel)
            if answer is not None:
                return Counter(document["status"] for document in answer.json()["documents"])
            if self.clock() - began > self.patience_seconds:
                raise ProductUnreachable(name=parcel.name, seconds=self.patience_seconds, why=why)
            self.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def post(self, parcel: Parcel) -> tuple[httpx.Response | None, str]:
        """One attempt: the answer, or None and why it is worth another."""
        try:
            answer = self.client.post(
                "/intake/",
                content=parcel.body,
                headers={
                    "Content-Type": parcel.content_type,
                    "X-Agency": parcel.agency,
                    "X-Agency-Key": self.keys[parcel.agency],
                    "X-File-Name": parcel.name,
                },
            )
        except httpx.TransportError as problem:
            return None, type(problem).__name__
        if answer.status_code >= 500 or answer.status_code == 429:
            return None, f"код {answer.status_code}"
        if answer.status_code != 200:
            raise ParcelRefused(name=parcel.name, status=answer.status_code)
        return answer, ""
