from django.apps import AppConfig


class TranscriptsConfig(AppConfig):
    name = "evidence.transcripts"
    verbose_name = "what was said at a session, turn by turn"
