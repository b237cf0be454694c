"""Addresses of the desk."""

from django.urls import path

from casework.views import approvals, case, exports, papers, queue

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
    path("desk/exports/<uuid:id>/", exports.export_page, name="desk-export-page"),
    path("desk/exports/<uuid:id>/<slug:part>/", exports.export_file, name="desk-export-file"),
    path("desk/<slug:view>/", queue.queue, name="desk-queue"),
]
