"""Django's engine `config.embedded`: PostgreSQL as Django knows it, started at the first connection."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import base, client

from config.embedded.server import server_in


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, with the psql that came with the server."""

    def runshell(self, parameters: Iterable[str]) -> None:
        server = server_in(self.connection.settings_dict["FOLDER"])
        self.connection.settings_dict["HOST"] = server.hold()
        type(self).executable_name = str(server.binaries / "psql")
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection through the embedded server's socket."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        server = server_in(self.settings_dict["FOLDER"], self.settings_dict.get("SERVER_SETTINGS"))
        return {**super().get_connection_params(), "host": server.hold()}
