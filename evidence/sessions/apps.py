from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "evidence.sessions"
    label = "hearings"
    verbose_name = "the pages on which a session is logged and read"
