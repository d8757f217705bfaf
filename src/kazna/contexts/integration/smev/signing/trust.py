"""Whose certificates are known: pinned ones and authorities, PEM files in one folder; `smev.pem` is the operator's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kazna.contexts.integration.smev.signing.provider import (
    CertificateCard,
    Provider,
    ProviderUnavailable,
    Signer,
    read_certificate,
    refused,
)

OPERATOR_FILE = "smev.pem"


@dataclass(frozen=True, slots=True)
class Trust:
    """`pinned`: fingerprints of systems known by their certificate; `authorities`: who may issue others."""

    pinned: frozenset[str] = frozenset()
    authorities: tuple[CertificateCard, ...] = ()
    operator: str = ""  # fingerprint of СМЭВ's own certificate
    revoked: frozenset[str] = field(default_factory=frozenset)

    def signer(self, der: bytes, provider: Provider, now: datetime) -> Signer:
        """Raises SignatureRefused: the certificate has expired, is not valid yet, is revoked or unknown."""
        card = read_certificate(der)
        if now >= card.valid_to:
            raise refused("CertificateIsExpired", f"срок сертификата «{card.mnemonic}» истёк {card.valid_to:%d.%m.%Y}")
        if now < card.valid_from:
            since = f"{card.valid_from:%d.%m.%Y}"
            raise refused("CertificateIsExpired", f"сертификат «{card.mnemonic}» действует только с {since}")
        if card.fingerprint in self.revoked:
            raise refused("CertificateIsNotFound", f"сертификат «{card.mnemonic}» отозван")
        if card.fingerprint not in self.pinned and not self._issued(card, provider, now):
            raise refused("CertificateIsNotFound", f"сертификат «{card.mnemonic}» нам неизвестен")
        return Signer(card.mnemonic, card.fingerprint)

    def _issued(self, card: CertificateCard, provider: Provider, now: datetime) -> bool:
        return any(
            root.valid_from <= now < root.valid_to and provider.is_issued_by(card.der, root.der)
            for root in self.authorities
        )


@lru_cache(maxsize=8)
def load_trust(folder: Path) -> Trust:
    """Read `*.pem` of the folder; `revoked/*.pem` are refused. Raises ProviderUnavailable without any."""
    if not folder.is_dir():
        raise ProviderUnavailable(provider="trust", reason=f"нет папки доверенных сертификатов {folder.name}")
    cards = {path.name: _card(path) for path in sorted(folder.glob("*.pem"))}
    revoked = frozenset(_card(path).fingerprint for path in sorted((folder / "revoked").glob("*.pem")))
    operator = cards.get(OPERATOR_FILE)
    return Trust(
        pinned=frozenset(card.fingerprint for card in cards.values() if not card.is_authority),
        authorities=tuple(card for card in cards.values() if card.is_authority),
        operator=operator.fingerprint if operator else "",
        revoked=revoked,
    )


def _card(path: Path) -> CertificateCard:
    return read_certificate(x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(Encoding.DER))
