from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "bench"
    verbose_name = "fictional inquiries of any size, and how quick things are"
