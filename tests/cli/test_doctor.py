"""`kazna doctor` looks at everything, reaches the end whatever breaks, and says how to mend it."""

from __future__ import annotations

import pytest

from kazna.cli import doctor

pytestmark = pytest.mark.usefixtures("platform")


def test_a_healthy_set_up_is_called_healthy(run, monkeypatch):
    monkeypatch.setattr(doctor, "ENOUGH_BYTES", 0)

    result = run("doctor", "--json")

    assert result.code == 0, result.out
    assert [one["check"] for one in result.json] == list(doctor.CHECKS)


def test_a_full_disk_is_named_with_its_remedy(run, monkeypatch):
    monkeypatch.setattr(doctor, "ENOUGH_BYTES", 2**70)

    result = run("doctor")

    assert result.code == 1
    assert "✗ Место на диске" in result.out
    assert "Что сделать: освободите" in result.out


def test_a_check_that_breaks_does_not_stop_the_doctor(run, monkeypatch):
    def broken() -> doctor.Finding:
        raise OSError("нет такой папки")

    monkeypatch.setitem(doctor.CHECKS, "Форматы", broken)

    findings = {one["check"]: one for one in run("doctor", "--json").json}

    assert not findings["Форматы"]["ok"]
    assert "нет такой папки" in findings["Форматы"]["detail"]
    assert findings["Миграции"]["ok"]
