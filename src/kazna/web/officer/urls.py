"""Addresses of the officer's workplace."""

from django.urls import path

from kazna.web.officer import (
    alarms,
    case,
    conflict,
    employers,
    family,
    life,
    money,
    overpayments,
    people,
    quarantine,
    queue,
    requests,
    suspect,
)

urlpatterns = [
    path("alarms/", alarms.alarms, name="work_alarms"),
    path("alarms/<int:alarm_number>/", alarms.settle, name="work_alarm_settle"),
    path("", queue.queue, name="work_queue"),
    path("cases/<uuid:case_id>/", case.case, name="work_case"),
    path("decisions/<uuid:decision_id>/", case.decided, name="work_decided"),
    path("conflicts/<uuid:conflict_id>/", conflict.conflict, name="work_conflict"),
    path("suspects/<uuid:suspect_id>/", suspect.suspect, name="work_suspect"),
    path("settled/", conflict.settled, name="work_settled"),
    path("employers/", employers.employers, name="work_employers"),
    path("employers/<slug:ogrn>/", employers.employer, name="work_employer"),
    path("people/", people.people, name="work_people"),
    path("people/<uuid:person_id>/", people.person, name="work_person"),
    path("people/<uuid:person_id>/family/", family.family, name="work_family"),
    path("people/<uuid:person_id>/life/", life.life, name="work_life"),
    path("people/<uuid:person_id>/merges/<uuid:merge_id>/", suspect.part, name="work_part"),
    path("money/", money.money, name="work_money"),
    path("money/export/", money.export, name="work_money_export"),
    path("money/limit/", money.limit, name="work_limit"),
    path("money/registers/", money.registers, name="work_registers"),
    path("money/overpayments/", overpayments.overpayments, name="work_overpayments"),
    path("money/overpayments/<uuid:overpayment_id>/", overpayments.overpayment, name="work_overpayment"),
    path("requests/", requests.requests, name="work_requests"),
    path("requests/<uuid:request_id>/retry/", requests.retry, name="work_request_retry"),
    path("quarantine/", quarantine.quarantine, name="work_quarantine"),
    path("quarantine/<uuid:document_id>/", quarantine.document, name="work_document"),
]
