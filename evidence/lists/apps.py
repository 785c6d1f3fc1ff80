from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "evidence.lists"
    verbose_name = "lists kept under a name, and taken away as they are shown"
