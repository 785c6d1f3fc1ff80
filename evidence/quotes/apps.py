from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "evidence.quotes"
    verbose_name = "words anchored where they stand"
