"""Addresses of applications; rows hidden from the viewer are not there, whoever asks."""

from django.urls import path

from kazna.web.applying import begin, files, send, steps

urlpatterns = [
    path("", begin.begin, name="apply"),
    path("<uuid:application_id>/", steps.step, name="apply_step"),
    path("<uuid:application_id>/check/", send.check, name="apply_check"),
    path("<uuid:application_id>/files/", files.attach, name="apply_attach"),
    path("<uuid:application_id>/files/<uuid:attachment_id>/", files.attachment, name="apply_file"),
    path("<uuid:application_id>/files/<uuid:attachment_id>/remove/", files.remove, name="apply_remove"),
    path("<uuid:application_id>/receipt/", send.receipt, name="apply_receipt"),
    path("<uuid:application_id>/withdraw/", send.withdraw, name="apply_withdraw"),
]
