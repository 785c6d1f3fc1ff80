from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "evidence.history"
    label = "history"
    verbose_name = "who changed what, and when"
