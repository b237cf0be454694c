from django.apps import AppConfig
from django.core.checks import Tags, register


class DeadlinesConfig(AppConfig):
    name = "deadlines"

    def ready(self) -> None:
        from deadlines.checks import open_kinds_have_handlers

        register(open_kinds_have_handlers, Tags.database)
