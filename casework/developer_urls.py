"""Addresses for developers: webhook endpoints, their log, and the developers' page."""

from django.urls import path

from casework.views import deliveries, developers, webhooks

urlpatterns = [
    path("developers/", developers.developers, name="developers"),
    path("developers/try/", developers.try_prompt, name="developers-try"),
    path("developers/keys/", developers.new_key, name="developers-key"),
    path("developers/keys/<uuid:id>/", developers.revoke_key, name="developers-key-revoke"),
    path("desk/webhooks/", webhooks.webhooks, name="desk-webhooks"),
    path("desk/webhooks/new/", webhooks.new, name="desk-webhook-new"),
    path("desk/webhooks/<uuid:id>/", webhooks.webhook, name="desk-webhook"),
    path("desk/webhooks/<uuid:id>/change/", webhooks.change, name="desk-webhook-change"),
    path("desk/webhooks/<uuid:id>/do/<slug:act>/", webhooks.act, name="desk-webhook-act"),
    path("desk/deliveries/", deliveries.log, name="desk-deliveries"),
    path("desk/deliveries/<uuid:id>/", deliveries.delivery, name="desk-delivery"),
    path("desk/deliveries/<uuid:id>/resend/", deliveries.resend, name="desk-delivery-resend"),
]
