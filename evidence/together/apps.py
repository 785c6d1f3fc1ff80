from django.apps import AppConfig


class TogetherConfig(AppConfig):
    name = "evidence.together"
    verbose_name = "many pieces of evidence tagged at once"
