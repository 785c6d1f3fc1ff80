from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "who may do what"

    def ready(self) -> None:
        from accounts.unchanged import have_tables_tell

        post_migrate.connect(have_tables_tell, sender=self)
