from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "report.readiness"
    verbose_name = "what stands between now and a report that can be printed"
