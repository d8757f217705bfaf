"""The door of accounts: open one, sign in."""

from kazna.contexts.identity.actions.create_account import create_account
from kazna.contexts.identity.actions.sign_in import sign_in
from kazna.contexts.identity.contracts import AccountCard, AccountClosedForAWhile, AccountTaken, WrongPassword
from kazna.contexts.identity.queries import accounts

__all__ = [
    "AccountCard",
    "AccountClosedForAWhile",
    "AccountTaken",
    "WrongPassword",
    "accounts",
    "create_account",
    "sign_in",
]
