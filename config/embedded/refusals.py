"""What is raised when the embedded PostgreSQL cannot be had."""


class Unavailable(Exception):
    """The database can't be started; the text is a sentence for the person who ran the command."""
