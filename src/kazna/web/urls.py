"""Addresses of screens, by who looks."""

from django.urls import include, path

from kazna.web import live, plain_problems
from kazna.web.officer import needy

plain_problems.speak_plainly()

urlpatterns = [
    path("", include("kazna.web.home.urls")),
    path("support/", include("kazna.web.support.urls")),
    path("my/", include("kazna.web.citizen.urls")),
    path("apply/", include("kazna.web.applying.urls")),
    path("my/programmes/", include("kazna.web.citizen.urls_programmes")),
    path("work/", include("kazna.web.officer.urls")),
    path("work/money/", include("kazna.web.officer.urls_money")),
    path("work/needy/", needy.needy, name="work_needy"),
    path("work/programmes/", include("kazna.web.officer.urls_programmes")),
    path("work/", include("kazna.web.officer.urls_decisions")),
    path("delegation/", include("kazna.web.delegation.urls")),
    path("monitor/", include("kazna.web.monitor.urls")),
    path("live/monitor/", live.monitor, name="live_monitor"),
    path("live/queue/", live.queue, name="live_queue"),
    path("live/cases/<uuid:case_id>/", live.case, name="live_case"),
    path("law/", include("kazna.web.law.urls")),
    path("studio/", include("kazna.web.studio.urls")),
    path("egisso/", include("kazna.web.egisso.urls")),
    path("portal/", include("kazna.web.portal.urls")),
    path("admin/", include("kazna.web.admin.urls")),
]
