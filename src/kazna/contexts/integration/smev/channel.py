"""Our side of СМЭВ as the settings have it: address, keys, whom we reach through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from kazna.contexts.integration.smev.signing.gost import GostEngine
from kazna.contexts.integration.smev.signing.open_algorithms import OpenAlgorithms
from kazna.contexts.integration.smev.signing.provider import Provider, ProviderUnavailable
from kazna.contexts.integration.smev.signing.trust import Trust, load_trust
from kazna.kernel.errors import DomainError

PROVIDERS = {"open": OpenAlgorithms, "gost": GostEngine}


class ChannelNotSet(DomainError):
    sentence = "СМЭВ не настроена: задайте {missing}."


@dataclass(frozen=True, slots=True)
class Channel:
    """`mnemonics` by agency code. The trust folder is read once: restart after changing certificates."""

    url: str
    files_url: str
    mnemonics: Mapping[str, str]
    provider: Provider
    trust: Trust
    is_test: bool
    most_bytes: int

    def agency_of(self, mnemonic: str) -> str:
        """Agency code, empty for a system we do not know."""
        return next((agency for agency, known in self.mnemonics.items() if known == mnemonic), "")


def channel() -> Channel:
    """Raises ChannelNotSet, ProviderUnavailable."""
    told = settings.KAZNA_SMEV
    if missing := [f"KAZNA_SMEV_{name.upper()}" for name in ("url", "trust", "key", "certificate") if not told[name]]:
        raise ChannelNotSet(missing=", ".join(missing))
    return _channel(
        *(told[name] for name in ("url", "files_url", "agencies", "provider", "key", "certificate", "trust")),
        told["test"],
        told["message_bytes"],
    )


def agencies() -> dict[str, str]:
    """Mnemonics of the agencies reached through СМЭВ, by code; the setting is `code=MNEMONIC,…`."""
    return _pairs(settings.KAZNA_SMEV["agencies"]) if settings.KAZNA_SMEV["url"] else {}


def answer_days() -> int:
    return int(settings.KAZNA_SMEV["answer_days"])


@cache
def _pairs(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(",") if part.strip())
    return {agency.strip(): mnemonic.strip() for agency, _, mnemonic in pairs}


@cache
def _channel(
    url: str,
    files_url: str,
    agencies: str,
    provider: str,
    key: str,
    certificate: str,
    trust: str,
    is_test: bool,
    most_bytes: int,
) -> Channel:
    if provider not in PROVIDERS:
        raise ProviderUnavailable(provider=provider, reason=f"есть только {', '.join(sorted(PROVIDERS))}")
    return Channel(
        url=url,
        files_url=files_url.rstrip("/"),
        mnemonics=_pairs(agencies),
        provider=PROVIDERS[provider](Path(key), Path(certificate)),
        trust=load_trust(Path(trust)),
        is_test=is_test,
        most_bytes=most_bytes,
    )
