from django.apps import AppConfig


class AcknowledgementsConfig(AppConfig):
    name = "evidence.acknowledgements"
    verbose_name = "acknowledgements of written evidence"
