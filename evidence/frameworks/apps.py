from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "evidence.frameworks"
    verbose_name = "themes added, merged, split and retired, and what becomes of the evidence on them"
