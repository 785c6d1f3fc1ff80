from django.apps import AppConfig


class HearingConfig(AppConfig):
    name = "evidence.hearing"
    verbose_name = "a session’s transcript brought in and corrected"
