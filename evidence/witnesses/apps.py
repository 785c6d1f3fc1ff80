from django.apps import AppConfig


class WitnessesConfig(AppConfig):
    name = "evidence.witnesses"
    verbose_name = "people, organisations, and when they were heard"
