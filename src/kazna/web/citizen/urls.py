"""Addresses of the cabinet. Notices link here: `/my` + the notice's link."""

from django.urls import path

from kazna.web.citizen import (
    account,
    acting,
    appeal,
    data,
    debts,
    decision,
    family,
    home,
    inbox,
    offer,
    payments,
    rights,
    shared,
)

urlpatterns = [
    path("", home.home, name="my_home"),
    path("rights/", rights.rights, name="my_rights"),
    path("rights/<uuid:right_id>/", rights.right, name="my_right"),
    path("cases/<uuid:case_id>/", offer.case, name="my_case"),
    path("offers/<uuid:case_id>/", offer.case, name="my_offer"),
    path("cases/<uuid:case_id>/confirm/", offer.confirm, name="my_confirm"),
    path("cases/<uuid:case_id>/choose/", offer.choose, name="my_choose"),
    path("cases/<uuid:case_id>/decline/", offer.decline, name="my_decline"),
    path("cases/<uuid:case_id>/answer/", offer.answer, name="my_answer"),
    path("cases/<uuid:case_id>/confirmed/", offer.confirmed, name="my_confirmed"),
    path("decisions/<uuid:decision_id>/", decision.decision, name="my_decision"),
    path("decisions/<uuid:decision_id>/appeal/", appeal.appeal, name="my_appeal"),
    path("decisions/<uuid:decision_id>/paper.pdf", decision.paper, name="my_paper"),
    path("payments/", payments.payments_list, name="my_payments"),
    path("debts/", debts.debts, name="my_debts"),
    path("inbox/", inbox.inbox, name="my_inbox"),
    path("inbox/<int:number>/<uuid:notice_id>/", inbox.message, name="my_message"),
    path("account/", account.account, name="my_account"),
    path("account/done/", account.account_done, name="my_account_done"),
    path("acting/", acting.acting, name="my_acting"),
    path("family/", family.family, name="my_family"),
    path("family/<uuid:person_id>/", family.ward, name="my_ward"),
    path("data/", data.data, name="my_data"),
    path("shared/", shared.shared, name="my_shared"),
    path("shared/<int:agreement_id>/", shared.consent, name="my_consent"),
    path("looks/", data.looks, name="my_looks"),
]
