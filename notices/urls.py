"""Addresses of the portal. Tokens stand in the address because nobody needs an account."""

from django.urls import path

from notices.views import answer, check, draft, find, limits, start, track, training, zone

urlpatterns = [
    path("", start.home, name="home"),
    path("received/", start.received, name="received"),
    path("limits/", limits.limits, name="limits"),
    path("notices/new/", start.new, name="notice-new"),
    path("notices/training/", training.training, name="training-new"),
    path("notices/draft/<str:token>/", draft.resume, name="draft-resume"),
    path("notices/draft/<str:token>/check/", check.check, name="draft-check"),
    path("notices/draft/<str:token>/saved/", draft.saved, name="draft-saved"),
    path("notices/draft/<str:token>/sent/", check.sent, name="draft-sent"),
    path("notices/draft/<str:token>/qr.svg", draft.qr, name="draft-qr"),
    path("notices/draft/<str:token>/<slug:name>/", draft.step, name="draft-step"),
    path("track/<str:token>/", track.track, name="track"),
    path("track/<str:token>/withdraw/", track.withdraw, name="track-withdraw"),
    path("track/<str:token>/answer/", answer.answer, name="track-answer"),
    path("track/<str:token>/receipt.pdf", track.receipt, name="receipt"),
    path("timezone/", zone.choose, name="timezone"),
    path("find/", find.find, name="find"),
    path("find/sent/", find.sent, name="find-sent"),
    path("find/<str:token>/", find.find_open, name="find-open"),
]
