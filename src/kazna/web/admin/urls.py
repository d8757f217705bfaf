"""Addresses of administration."""

from django.urls import path

from kazna.web.admin import accounts, agreements, bodies, changes, doubles, journal, settings, texts

urlpatterns = [
    path("", changes.changes, name="admin_changes"),
    path("changes/<uuid:change_id>/", changes.settle, name="admin_settle"),
    path("accounts/", accounts.accounts, name="admin_accounts"),
    path("accounts/new/", accounts.account, name="admin_account_new"),
    path("accounts/<str:login>/", accounts.account, name="admin_account"),
    path("accounts/<str:login>/close/", accounts.close, name="admin_account_close"),
    path("bodies/", bodies.bodies, name="admin_bodies"),
    path("bodies/<slug:code>/close/", bodies.close, name="admin_body_close"),
    path("agreements/", agreements.agreements, name="admin_agreements"),
    path("agreements/new/", agreements.agreement, name="admin_agreement_new"),
    path("agreements/<int:agreement_id>/", agreements.agreement, name="admin_agreement"),
    path("agreements/<slug:code>/shut/", agreements.shut, name="admin_agreement_shut"),
    path("doubles/", doubles.doubles, name="admin_doubles"),
    path("settings/", settings.settings, name="admin_settings"),
    path("settings/<slug:code>/", settings.setting, name="admin_setting"),
    path("texts/", texts.texts, name="admin_templates"),
    path("texts/<slug:code>/", texts.text, name="admin_template"),
    path("journal/", journal.journal, name="admin_journal"),
]
