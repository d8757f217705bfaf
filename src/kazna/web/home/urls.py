"""Addresses open to all."""

from django.urls import path

from kazna.web.home import app, components, elsewhere, passkey, settings, sign_in, start, verify

urlpatterns = [
    path("", start.home, name="home"),
    path("begin/", start.begin, name="begin"),
    path("login/", sign_in.sign_in, name="sign_in"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("worker.js", app.worker, name="worker"),
    path("components/", components.components, name="components"),
    path("offline/", app.offline, name="offline"),
    path("login/key/begin/", passkey.begin, name="passkey_begin"),
    path("login/key/", passkey.finish, name="passkey_finish"),
    path("login/<slug:code>/", elsewhere.leave, name="sign_in_leave"),
    path("login/<slug:code>/back/", elsewhere.come_back, name="sign_in_back"),
    path("verify/", verify.verify, name="verify"),
    path("logout/", sign_in.sign_out, name="sign_out"),
    path("settings/display/", settings.display, name="display"),
    path("settings/language/", settings.set_language, name="set_language"),
]
