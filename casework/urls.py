"""Addresses of the desk."""

from django.urls import path

from casework.views import (
    approvals,
    case,
    complaints,
    conflicts,
    counter_notices,
    courts,
    exports,
    filer,
    measures,
    papers,
    queue,
    regimes,
    training,
)

urlpatterns = [
    path("after-sign-in/", queue.after_sign_in, name="after-sign-in"),
    path("desk/claim-next/", queue.next_case, name="desk-claim-next"),
    path("desk/approvals/", approvals.approvals, name="desk-approvals"),
    path("desk/approvals/<uuid:id>/approve/", approvals.approve_measure, name="desk-approve"),
    path("desk/approvals/<uuid:id>/refuse/", approvals.refuse_measure, name="desk-refuse"),
    path("desk/case/<str:reference>/", case.case, name="desk-case"),
    path("desk/case/<str:reference>/claim/", case.claim_case, name="desk-claim"),
    path("desk/case/<str:reference>/release/", case.release_case, name="desk-release"),
    path("desk/case/<str:reference>/ask/", case.ask, name="desk-ask"),
    path("desk/case/<str:reference>/uphold/", case.uphold_case, name="desk-uphold"),
    path("desk/case/<str:reference>/decline/", case.decline_case, name="desk-decline"),
    path("desk/case/<str:reference>/papers/<uuid:id>/", papers.paper, name="desk-paper"),
    path("desk/case/<str:reference>/pictures/<uuid:id>/", papers.picture, name="desk-picture"),
    path("desk/case/<str:reference>/letters/<uuid:id>/", papers.letter, name="desk-letter"),
    path("desk/case/<str:reference>/export/", exports.export, name="desk-export"),
    path("desk/case/<str:reference>/training/", training.answer, name="desk-training"),
    path("desk/case/<str:reference>/laws/", regimes.regimes, name="desk-regimes"),
    path("desk/case/<str:reference>/filer/", filer.filer, name="desk-filer"),
    path("desk/case/<str:reference>/filer/<uuid:id>/lift/", filer.lift, name="desk-filer-lift"),
    path("desk/conflicts/", conflicts.conflicts, name="desk-conflicts"),
    path(
        "desk/case/<str:reference>/conflicts/<uuid:id>/",
        conflicts.conflict,
        name="desk-conflict",
    ),
    path("desk/exports/<uuid:id>/", exports.export_page, name="desk-export-page"),
    path("desk/exports/<uuid:id>/<slug:part>/", exports.export_file, name="desk-export-file"),
    path("desk/counter-notices/", counter_notices.counter_notices, name="desk-counter-notices"),
    path(
        "desk/counter-notices/<str:reference>/",
        counter_notices.counter_notice,
        name="desk-counter-notice",
    ),
    path(
        "desk/counter-notices/<str:reference>/accept/",
        counter_notices.accept,
        name="desk-counter-accept",
    ),
    path("desk/counter-notices/<str:reference>/ask/", counter_notices.ask, name="desk-counter-ask"),
    path(
        "desk/counter-notices/<str:reference>/reject/",
        counter_notices.reject,
        name="desk-counter-reject",
    ),
    path(
        "desk/counter-notices/<str:reference>/arrival/",
        counter_notices.record,
        name="desk-counter-arrival",
    ),
    path(
        "desk/counter-notices/<str:reference>/papers/<uuid:id>/",
        counter_notices.paper,
        name="desk-counter-paper",
    ),
    path(
        "desk/counter-notices/<str:reference>/proceedings/",
        counter_notices.proceedings,
        name="desk-counter-proceedings",
    ),
    path("desk/case/<str:reference>/court/", courts.new_order, name="desk-court-new"),
    path("desk/court/<str:reference>/", courts.order, name="desk-court"),
    path("desk/court/<str:reference>/step/", courts.step, name="desk-court-step"),
    path("desk/court/<str:reference>/papers/<uuid:id>/", courts.paper, name="desk-court-paper"),
    path("desk/complaints/<str:reference>/", complaints.complaint, name="desk-complaint"),
    path(
        "desk/complaints/<str:reference>/reject/", complaints.reject, name="desk-complaint-reject"
    ),
    path(
        "desk/complaints/<str:reference>/uphold/", complaints.uphold, name="desk-complaint-uphold"
    ),
    path("measures/", measures.measures, name="measures"),
    path("measures/<uuid:id>/", measures.measure, name="measure"),
    path("measures/<uuid:id>/retry/", measures.retry, name="measure-retry"),
    path("measures/<uuid:id>/progress/", measures.progress, name="measure-progress"),
    path("desk/<slug:view>/", queue.queue, name="desk-queue"),
]
