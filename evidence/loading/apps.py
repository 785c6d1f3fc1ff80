from django.apps import AppConfig


class LoadingConfig(AppConfig):
    name = "evidence.loading"
    verbose_name = "a whole inquiry from a folder"
