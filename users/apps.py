from importlib import import_module

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "users"

    def ready(self) -> None:
        """drf-spectacular knows the extensions that have been imported."""
        import_module("users.openapi")
