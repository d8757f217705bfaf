"""Electronic certificates in the messages of ЕГИССО: 10.39.O tells a state and purchases, 10.40.I asks for a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.readers.schemas import schema_remarks
from kazna.contexts.integration.writers.elements import add, to_bytes

TELLS, ASKS = "urn://egisso-ru/msg/10.39.O/1.0.1", "urn://egisso-ru/msg/10.40.I/1.1.0"
CERT, PROTOCOL = "urn://egisso-ru/types/e-certificate/1.1.0", "http://roskazna.ru/gisec/xsd/response/1.0.0"
SCHEMAS = {TELLS: "egisso/10.39.O-1.0.1.xsd", ASKS: "egisso/10.40.I-1.1.0.xsd"}
PROVIDER = "KAZN.000001"
BACK = "OWNT0002"  # goods came back; the official lists of codes are not published, ours have their shape
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CertificateState:
    """A certificate as told: sums in kopecks; `status` and `usage` are eight-character codes.

    `is_closed`: nothing is bought by it any more, what was left went back to the budget.
    """

    award_id: UUID
    number: str
    first_day: date
    last_day: date
    program: str
    amount_kopecks: int
    left_kopecks: int
    goods: dict[str, str]
    usage: str
    status: str
    status_at: datetime
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class UseTold:
    """One purchase (or return, kopecks below zero) a seller tells of."""

    transaction_number: str
    goods_code: str
    kopecks: int
    full_kopecks: int
    seller_inn: str
    seller_name: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateMessage:
    """A message read: the certificate asked or told about, by its number or by its award."""

    number: str
    award_id: UUID | None
    uses: tuple[UseTold, ...]


class CertificateMessageRefused(ValueError):
    """The message is not 10.39.O or 10.40.I, or its schema has something against it; the text says what."""


def read_certificate_message(body: bytes) -> CertificateMessage:
    """Read and check by the official schema. Raises CertificateMessageRefused."""
    if len(body) > MOST_BYTES:
        raise CertificateMessageRefused("сообщение больше мегабайта")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as problem:
        raise CertificateMessageRefused(f"XML не разбирается: {problem.msg}") from None
    if root.getroottree().docinfo.doctype:
        raise CertificateMessageRefused("DOCTYPE в сообщениях не принимается")
    name = etree.QName(root)
    if name.namespace not in SCHEMAS or name.localname != "eCertificateRequest":
        raise CertificateMessageRefused("ожидается eCertificateRequest сообщения 10.39.O или 10.40.I")
    if remarks := schema_remarks(root, SCHEMAS[name.namespace]):
        raise CertificateMessageRefused("; ".join(str(one.what) for one in remarks[:5]))
    award = _text(root, "factAssignmentUuid")
    uses = tuple(_use(block) for block in root.iter(f"{{{CERT}}}usageTransaction"))
    return CertificateMessage(_text(root, "certificateNumber"), UUID(award) if award else None, uses)


def write_certificate_state(
    state: CertificateState | None, *, text: str, is_processed: bool, received_at: datetime, now: datetime
) -> bytes:
    """10.39.O about one certificate with a protocol of what came of the request; None: there is no such certificate."""
    root = etree.Element(f"{{{TELLS}}}eCertificateRequest", nsmap={None: TELLS, "c": CERT, "p": PROTOCOL})
    if state is not None:
        _certificate(add(root, TELLS, "eCertificate"), state)
    protocol = add(root, TELLS, "protocol")
    add(protocol, PROTOCOL, "receivingTime", _moment(received_at).rstrip("Z"))
    add(protocol, PROTOCOL, "processingTime", _moment(now).rstrip("Z"))
    add(protocol, PROTOCOL, "isProcessedSuccessfully", "true" if is_processed else "false")
    if not is_processed:
        message = add(add(protocol, PROTOCOL, "processingProtocol"), PROTOCOL, "message")
        add(message, PROTOCOL, "messageType", "1")
        add(message, PROTOCOL, "messageData", text[:500])
    notice = add(root, TELLS, "eCertificateNotification")
    add(notice, TELLS, "ProviderCode", PROVIDER)
    add(notice, TELLS, "NotificationText", text[:2000])
    return to_bytes(root)


def _certificate(block: etree._Element, state: CertificateState) -> None:
    for name, value in [
        ("factAssignmentUuid", str(state.award_id)), ("certificateNumber", state.number),
        ("startDate", state.first_day.isoformat()), ("endDate", state.last_day.isoformat()),
        ("program", state.program), ("certificateAmount", str(state.amount_kopecks)),
    ]:  # fmt: skip
        add(block, CERT, name, value)
    goods = add(block, CERT, "goodsWorksServices")
    for code, title in state.goods.items():
        one = add(goods, CERT, "goodsWorkService")
        add(one, CERT, "code", code)
        add(one, CERT, "name", title)
    add(block, CERT, "usageStatus", state.usage)
    status = add(block, CERT, "currentStatus")
    add(status, CERT, "statusCode", state.status)
    add(status, CERT, "statusDateTime", _moment(state.status_at))
    add(block, CERT, "certificateActualAmount", str(state.left_kopecks))
    balance = add(block, CERT, "eCertificateBalance")
    for code in state.goods:
        add(add(balance, CERT, "goodsWorksServicesBalance"), CERT, "code", code)


def _use(block: etree._Element) -> UseTold:
    sign = -1 if _text(block, "transactionType") == BACK else 1
    return UseTold(
        transaction_number=_text(block, "transactionNumber"),
        goods_code=_text(block, "code"),
        kopecks=sign * int(_text(block, "transactionTotalAmount")),
        full_kopecks=int(_text(block, "transactionTotalFullAmount")),
        seller_inn=_text(block, "INN"),
        seller_name=_text(block, "fullName"),
        happened_at=datetime.fromisoformat(_text(block, "transactionTimestamp")),
    )


def _text(block: etree._Element, name: str) -> str:
    found = block.find(f".//{{*}}{name}")
    return (found.text or "").strip() if found is not None else ""


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
