from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "evidence.importing"
    verbose_name = "submissions in bulk"
