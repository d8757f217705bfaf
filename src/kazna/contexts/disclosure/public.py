"""The door of disclosure: consumers and agreements, what is given to them, consents, subscriptions."""

from kazna.contexts.disclosure.actions.answer_statements import answer_statements
from kazna.contexts.disclosure.actions.consent import give_consent, withdraw_consent
from kazna.contexts.disclosure.actions.disclose import disclose
from kazna.contexts.disclosure.actions.open_consumer import check_agreement, open_consumer, put_agreement, shut_consumer
from kazna.contexts.disclosure.actions.recognise import agreement_of, consumer_of, count_request
from kazna.contexts.disclosure.actions.subscribe import changes, subscribe, unsubscribe
from kazna.contexts.disclosure.contracts import (
    CHANGES,
    FIELDS,
    AgreementUnknown,
    AgreementView,
    ChangeView,
    ConsentMissing,
    ConsentNotAsked,
    ConsentView,
    ConsumerRefused,
    ConsumerUnknown,
    DisclosedView,
    Disclosure,
    LimitReached,
    NewAgreement,
    PersonNotDisclosed,
)
from kazna.contexts.disclosure.queries import agreement_terms, agreements, consents_of, disclosed_about

__all__ = [
    "CHANGES",
    "FIELDS",
    "AgreementUnknown",
    "AgreementView",
    "ChangeView",
    "ConsentMissing",
    "ConsentNotAsked",
    "ConsentView",
    "ConsumerRefused",
    "ConsumerUnknown",
    "DisclosedView",
    "Disclosure",
    "LimitReached",
    "NewAgreement",
    "PersonNotDisclosed",
    "agreement_of",
    "agreement_terms",
    "agreements",
    "answer_statements",
    "changes",
    "check_agreement",
    "consents_of",
    "consumer_of",
    "count_request",
    "disclose",
    "disclosed_about",
    "give_consent",
    "open_consumer",
    "put_agreement",
    "shut_consumer",
    "subscribe",
    "unsubscribe",
    "withdraw_consent",
]
