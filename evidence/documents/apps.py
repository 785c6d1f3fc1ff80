from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "evidence.documents"
    verbose_name = "files as received, and their words in numbered passages"
