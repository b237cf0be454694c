"""Addresses of this room. Tokens stand in the address because nobody needs an account."""

from django.urls import path

from counternotices.views import answer, complain, completing, contest, standing, suit

urlpatterns = [
    path("answer/<str:token>/", answer.answer, name="answer"),
    path("answer/<str:token>/counter-notice/", contest.contest, name="answer-contest"),
    path(
        "answer/<str:token>/<str:reference>/complete/",
        completing.completing,
        name="answer-complete",
    ),
    path("answer/<str:token>/<str:reference>/withdraw/", answer.withdraw, name="answer-withdraw"),
    path("answer/<str:token>/standing/", standing.standing, name="answer-standing"),
    path("answer/<str:token>/standing/<uuid:id>/appeal/", standing.appeal, name="answer-appeal"),
    path("track/<str:token>/complaint/", complain.complain, name="track-complain"),
    path("track/<str:token>/suit/<str:reference>/", suit.suit_proof, name="suit-proof"),
    path(
        "track/<str:token>/suit/<str:reference>/files/<uuid:id>/",
        suit.forwarded_file,
        name="forwarded-file",
    ),
]
