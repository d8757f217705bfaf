"""The door of suppliers: applications, staff, certificates, monitoring of loading, letters, working groups."""

from kazna.contexts.suppliers.actions.apply import (
    ROLES,
    ApplicationDecided,
    ApplicationKnown,
    CertificateRefused,
    CodeTaken,
    InnRefused,
    add_certificate,
    add_member,
    refuse,
    register,
    submit,
    take_in_messages,
    take_to_work,
    withdraw_certificate,
)
from kazna.contexts.suppliers.actions.collect import DUE_DAYS, collect
from kazna.contexts.suppliers.actions.write_letters import (
    NoAddress,
    NothingCounted,
    mail_report,
    prepare_letters,
    send_letter,
)
from kazna.contexts.suppliers.functions import NotYourFunction, close_member, demand, may
from kazna.contexts.suppliers.groups import add_group_item, add_group_member, close_group_item, group_of
from kazna.contexts.suppliers.keys import (
    KeyUsedDifferently,
    answered_once,
    body_of_key,
    give_key,
    live_keys,
    withdraw_keys,
)
from kazna.contexts.suppliers.queries import application, applications, certificates, letters, members
from kazna.contexts.suppliers.reports import Report, monday, report
from kazna.contexts.suppliers.webhooks import AddressRefused, news, set_webhook, webhook_url
from kazna.contexts.suppliers.workbook import workbook

__all__ = [
    "DUE_DAYS",
    "ROLES",
    "AddressRefused",
    "ApplicationDecided",
    "ApplicationKnown",
    "CertificateRefused",
    "CodeTaken",
    "InnRefused",
    "KeyUsedDifferently",
    "NoAddress",
    "NotYourFunction",
    "NothingCounted",
    "Report",
    "add_certificate",
    "add_group_item",
    "add_group_member",
    "add_member",
    "answered_once",
    "application",
    "applications",
    "body_of_key",
    "certificates",
    "close_group_item",
    "close_member",
    "collect",
    "demand",
    "give_key",
    "group_of",
    "letters",
    "live_keys",
    "mail_report",
    "may",
    "members",
    "monday",
    "news",
    "prepare_letters",
    "refuse",
    "register",
    "report",
    "send_letter",
    "set_webhook",
    "submit",
    "take_in_messages",
    "take_to_work",
    "webhook_url",
    "withdraw_certificate",
    "withdraw_keys",
    "workbook",
]
