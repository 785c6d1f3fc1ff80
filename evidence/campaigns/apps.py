from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "evidence.campaigns"
    verbose_name = "submissions that say the same, found and handled together"
