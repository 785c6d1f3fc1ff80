"""What is written to the log."""

import logging
from http import HTTPStatus


class WithoutTraceback(logging.Filter):
    """What a person may not do, or asks for in vain, takes a line; only a fault of ours takes its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR) < HTTPStatus.INTERNAL_SERVER_ERROR:
            record.exc_info = None
        return True
