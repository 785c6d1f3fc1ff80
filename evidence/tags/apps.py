from django.apps import AppConfig


class TagsConfig(AppConfig):
    name = "evidence.tags"
    verbose_name = "themes and recommendations on the evidence"
