from django.apps import AppConfig
from django.core.checks import register


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications.checks import email_url_is_understood, sender_is_an_address

        register(email_url_is_understood, "notifications")
        register(sender_is_an_address, "notifications")
