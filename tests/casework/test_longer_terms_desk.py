"""At the desk: a longer term of what is in force waits in the approvers' queue, with both ends."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from measures.models import Measure
from measures.services import approve
from tests.database import Clock
from tests.measures.conftest import NOW, Stage
from tests.measures.conftest import stage as stage  # the fixture

UNTIL = NOW + timedelta(days=7)


@pytest.mark.parametrize("days", [14, None])
def test_an_approver_sees_what_waits_and_agrees(
    stage: Stage, clock: Clock, settings: LazySettings, days: int | None
) -> None:
    clock.set(NOW)
    settings.STAFF_MFA_REQUIRED = False
    measure = stage.sanction(stage.case(), "suspend", UNTIL)
    approve(measure.id, user=stage.dan, now=NOW)
    stage.execute(measure)
    later = NOW + timedelta(days=days) if days else None
    stage.sanction(stage.case(), "suspend", later)
    dan = Client()
    dan.force_login(stage.dan)
    page = dan.get(reverse("desk-approvals")).content.decode()
    assert ("stays for good" in page) == (later is None)
    assert ("that it ends at" in page) == (later is not None)
    assert dan.post(reverse("desk-approve", args=[measure.id])).status_code == 302
    assert Measure.objects.get().expires_at == later
    assert "Nothing waits for your approval" in dan.get(reverse("desk-approvals")).content.decode()
