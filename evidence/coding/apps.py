from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "evidence.coding"
    verbose_name = "the same passages coded by two people, neither of whom sees the other's work"
