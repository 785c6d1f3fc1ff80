from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "evidence.reader"
    verbose_name = "a document opened, and quotes taken from it"
