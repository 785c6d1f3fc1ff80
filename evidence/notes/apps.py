from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "evidence.notes"
