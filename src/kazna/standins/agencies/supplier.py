"""A shop that takes electronic certificates: asks for the state of one, tells of a purchase, reads the answer."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from lxml import etree

TELLS, ASKS = "urn://egisso-ru/msg/10.39.O/1.0.1", "urn://egisso-ru/msg/10.40.I/1.1.0"
CERT = "urn://egisso-ru/types/e-certificate/1.1.0"
PURCHASE, BACK = "OWNT0001", "OWNT0002"
NAME, INN = "ООО «Ортопедия»", "7700000016"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform said: kopecks left on the certificate, whether it was taken, in words."""

    left_kopecks: int | None
    is_taken: bool
    text: str
    body: bytes


class Supplier:
    """Speaks to one address with one key; keeps nothing."""

    def __init__(self, client: httpx.Client, address: str, key: str) -> None:
        self.client, self.address, self.key = client, address, key

    def ask(self, number: str) -> Answer:
        root = etree.Element(f"{{{ASKS}}}eCertificateRequest", nsmap={None: ASKS})
        etree.SubElement(root, f"{{{ASKS}}}certificateNumber").text = number
        etree.SubElement(root, f"{{{ASKS}}}includeTransactionsHistory").text = "false"
        return self.post(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def sell(
        self, state: Answer, *, transaction: str, code: str, kopecks: int, price: int, at: str, back: bool = False
    ) -> Answer:
        """Tell of a purchase (or of goods brought back) by the certificate whose state was told."""
        root = etree.fromstring(state.body)
        for extra in root.findall(f"{{{TELLS}}}protocol"):
            root.remove(extra)
        certificate = root.find(f"{{{TELLS}}}eCertificate")
        uses = etree.Element(f"{{{CERT}}}usageTransactions")
        use = etree.SubElement(uses, f"{{{CERT}}}usageTransaction")
        self.put(use, "transactionNumber", transaction)
        self.put(use, "transactionType", BACK if back else PURCHASE)
        self.put(use, "transactionTimestamp", at)
        goods = self.put(self.put(use, "transactionGoodsWorksServices"), "goodsWorksServicesTransaction")
        for name, value in [
            ("code", code), ("name", "товар"), ("transactionAmount", kopecks), ("transactionFullAmount", price),
            ("transactionQuantity", 1),
        ]:  # fmt: skip
            self.put(goods, name, value)
        seller = self.put(use, "transactionProvider")
        self.put(seller, "fullName", NAME)
        self.put(seller, "INN", INN)
        self.put(use, "transactionTotalAmount", kopecks)
        self.put(use, "transactionTotalFullAmount", price)
        certificate.insert(len(certificate) - 1, uses)
        return self.post(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def post(self, body: bytes) -> Answer:
        headers = {"X-Agency": "gisec", "X-Agency-Key": self.key, "Content-Type": "application/xml"}
        answer = self.client.post(self.address, content=body, headers=headers)
        if "xml" not in answer.headers.get("Content-Type", ""):
            return Answer(None, False, answer.text, answer.content)
        root = etree.fromstring(answer.content)
        left = root.findtext(f".//{{{CERT}}}certificateActualAmount")
        text = root.findtext(f".//{{{TELLS}}}NotificationText") or ""
        return Answer(int(left) if left else None, answer.is_success, text, answer.content)

    @staticmethod
    def put(block: etree._Element, name: str, value: object = None) -> etree._Element:
        child = etree.SubElement(block, f"{{{CERT}}}{name}")
        child.text = None if value is None else str(value)
        return child
