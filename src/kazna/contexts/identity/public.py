"""The door of accounts: open one, sign in by password or by a provider's word."""

from kazna.contexts.identity.actions import passkeys
from kazna.contexts.identity.actions.change_staff import change_staff
from kazna.contexts.identity.actions.create_account import create_account
from kazna.contexts.identity.actions.settle_alarm import settle_alarm
from kazna.contexts.identity.actions.sign_in import sign_in
from kazna.contexts.identity.actions.sign_in_elsewhere import admit, begin, come_back, goodbye
from kazna.contexts.identity.contracts import (
    AccountCard,
    AccountClosedForAWhile,
    AccountTaken,
    AccountUnconfirmed,
    AlarmView,
    Attempt,
    KnownPerson,
    PasskeyRefused,
    PasskeyView,
    PersonDiffers,
    PersonUnknown,
    Place,
    Proven,
    ProviderCard,
    ProviderRefused,
    ProviderUnknown,
    ProviderUnreachable,
    SignInNotStarted,
    SignInTooSlow,
    StaffUnknown,
    TokenNotTrusted,
    WrongPassword,
)
from kazna.contexts.identity.providers.refusals import words_of
from kazna.contexts.identity.providers.settings import providers as _providers
from kazna.contexts.identity.queries import accounts, alarms, shown_names, staff

__all__ = [
    "AccountCard",
    "AccountClosedForAWhile",
    "AccountTaken",
    "AccountUnconfirmed",
    "AlarmView",
    "Attempt",
    "KnownPerson",
    "PasskeyRefused",
    "PasskeyView",
    "PersonDiffers",
    "PersonUnknown",
    "Place",
    "Proven",
    "ProviderCard",
    "ProviderRefused",
    "ProviderUnknown",
    "ProviderUnreachable",
    "SignInNotStarted",
    "SignInTooSlow",
    "StaffUnknown",
    "TokenNotTrusted",
    "WrongPassword",
    "accounts",
    "admit",
    "alarms",
    "begin",
    "change_staff",
    "come_back",
    "create_account",
    "goodbye",
    "passkeys",
    "refusal_of",
    "settle_alarm",
    "shown_names",
    "sign_in",
    "sign_in_providers",
    "staff",
]


def sign_in_providers() -> list[ProviderCard]:
    """Outside providers that are set up, ЕСИА first."""
    return [one.card() for one in _providers().values()]


def refusal_of(*, error: str, description: str) -> ProviderRefused:
    """The refusal that a provider wrote into the address it sent the browser back to."""
    return ProviderRefused(**words_of(error, description))
