from django.apps import AppConfig


class CounternoticesConfig(AppConfig):
    name = "counternotices"

    def ready(self) -> None:
        from counternotices.handlers import join

        join()
