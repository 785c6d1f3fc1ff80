"""The values of the environment; one that can't be understood is told by its name, never by what stands in it."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


class Environment(environ.Env):
    """django-environ, whose complaints become sentences."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get_value(var, *args, **kwargs)
        except ValueError:
            raise ImproperlyConfigured(f"The value of {var} can’t be understood.") from None

    def database(self, var: str) -> dict[str, Any]:
        """The PostgreSQL that is named, or nothing."""
        value = self.str(var, default="")
        if not value:
            return {}
        if not value.startswith(("postgres://", "postgresql://")):
            raise ImproperlyConfigured(f"{var} must begin with postgres://, because Attest needs PostgreSQL.")
        return dict(self.db_url_config(value))

    def daemon(self, var: str) -> str:
        """Where a program listens: ``host:port``, or the path of a socket."""
        value = self.str(var, default="").removeprefix("tcp://").removeprefix("unix:").removeprefix("//")
        host, _, port = value.rpartition(":")
        if value and not value.startswith("/") and not (host and port.isascii() and port.isdigit()):
            raise ImproperlyConfigured(f"{var} must be host:port, or the path of a socket.")
        return str(value)

    def mail(self, var: str, default: str) -> dict[str, Any]:
        """The server by which mail is sent."""
        try:
            return dict(self.email_url(var, default=default))
        except ImproperlyConfigured as reason:
            raise ImproperlyConfigured(f"The value of {var} can’t be understood: {reason}") from None
