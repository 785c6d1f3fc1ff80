from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "evidence.suggestions"
    verbose_name = "passages that may bear on a theme"
