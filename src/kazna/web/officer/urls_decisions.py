"""Addresses of decisions: the register, papers, drafts that wait for a second officer, awards to be changed."""

from django.urls import path

from kazna.web.officer import award, personal_file, recounts, register, second

urlpatterns = [
    path("decisions/<uuid:decision_id>/paper.pdf", register.paper, name="work_paper"),
    path("people/<uuid:person_id>/file/", personal_file.personal_file, name="work_file"),
    path("people/<uuid:person_id>/file.pdf", personal_file.printed, name="work_file_pdf"),
    path("register/", register.register, name="work_register"),
    path("recounts/", recounts.recounts, name="work_recounts"),
    path("second/", second.second, name="work_second"),
    path("second/<uuid:proposal_id>/", second.draft, name="work_draft"),
    path("people/<uuid:person_id>/awards/<uuid:award_id>/", award.award, name="work_award"),
]
