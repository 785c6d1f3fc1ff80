from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "evidence.live"
    verbose_name = "a page that says when somebody else has changed what it shows"
