from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "evidence.review"
    verbose_name = "the evidence read theme by theme"
