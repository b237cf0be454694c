"""Readings of kin that meet on the same artefacts, as of many notices on one model: none waits for another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from platforms.contract import ArtefactRecord
from platforms.models import Artefact, ArtefactKin, KinRelation
from platforms.services import keep
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import FILED, Stage

NOW = FILED + timedelta(minutes=5)


def as_told(artefact: Artefact, title: str) -> ArtefactRecord:
    return ArtefactRecord(
        id=artefact.external_id,
        kind=artefact.kind,
        title=title,
        url=artefact.url,
        state="available",
        owner="u_0001",
        created_at=NOW,
        parent=None,
        produce_id=None,
        generation=None,
        licensed=False,
    )


def relate(root: Artefact, kin: Artefact) -> None:
    """As another reading does, at the end of which the database looks at both rows."""
    with transaction.atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = '2s'")
        ArtefactKin.objects.create(
            artefact=root, kin=kin, relation=KinRelation.OUTPUT, steps=1, read_at=NOW
        )
    connection.close()


@pytest.mark.usefixtures("committed_db")
def test_a_row_that_is_being_told_anew_may_be_named_meanwhile(stage: Stage) -> None:
    """Django's update_or_create would hold it FOR UPDATE: the other's commit waits, and two such readings for ever."""
    root, kin = stage.artefact("out_8Hk2"), stage.artefact("out_9Tq4")
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        told = keep(root.platform, as_told(root, "Told anew"), root.owner, NOW)
        other.submit(relate, root, kin).result()
    assert told.id == root.id
    assert (told.title, told.read_at) == ("Told anew", NOW)
    assert Artefact.objects.get(id=root.id).title == "Told anew"
    assert ArtefactKin.objects.get().artefact_id == root.id
