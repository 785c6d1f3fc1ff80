from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "evidence.search"
    verbose_name = "what is found in the evidence"
