"""The invented inquiry that rows about pages share: made once a run, of the size that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.again import PAGES
from accounts.models import Membership, User
from accounts.roles import Role
from accounts.unchanged import forget
from bench.fiction.generate import generate
from bench.measuring import Amount, Line, waited_for
from inquiry.models import Inquiry

CODE = "BENCH"
MEMBER = "member@example.org"
READS = ("SELECT", "WITH")


@dataclass
class Large:
    """The inquiry, and a member of it, who may see less than all: what is kept from them costs time too."""

    inquiry: Inquiry
    member: User

    @cached_property
    def browser(self) -> Client:
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(self.member)
        return browser

    def opened(self, address: str, *, counted: bool = False) -> Any:
        """The page, made anew: none is given again. Where all is counted for it, it is as after a change."""
        caches[PAGES].clear()
        if counted:
            forget()
        answer = self.browser.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address} was answered with {answer.status_code}.")
        return answer

    @property
    def cookies(self) -> str:
        """What the member's browser sends along."""
        return "; ".join(f"{name}={cookie.value}" for name, cookie in self.browser.cookies.items())

    def page(self, row: str, called: str, address: str, limits: tuple[float, float]) -> Iterator[Line]:
        """A page as it is opened after a change, and while nothing changes; beside all its statements, sent bare."""
        self.opened(address, counted=True)
        with CaptureQueriesContext(connection) as captured:
            self.opened(address, counted=True)
        statements = [each["sql"].strip() for each in captured.captured_queries]
        asked = [statement for statement in statements if statement.startswith(READS)]
        for counted, said in ((True, ", all counted anew"), (False, "")):
            ways = (partial(self.opened, address, counted=counted), lambda: [read(statement) for statement in asked])
            yield waited_for(row, f"{called}{said}", f"its {len(asked)} statements bare", ways, limits)


def read(statement: str, values: Any = None) -> list[Any]:
    """What the database answers, with nothing made of it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def large(amount: Amount) -> Large:
    """The run's inquiry, made if it is not there yet."""
    inquiry = Inquiry.objects.filter(code=CODE).first()
    if inquiry is None:
        inquiry = generate(code=CODE, size=amount.size, seed=1, say=lambda _: None)
        member = User.objects.create_user(email=MEMBER, name="Fictional Member")
        Membership.objects.create(user=member, inquiry=inquiry, role=Role.MEMBER)
        if not connection.in_atomic_block:
            # As the database does by itself, some minutes after so much was written.
            read_nothing("VACUUM ANALYZE")
    return Large(inquiry, User.objects.get(email=MEMBER))


def read_nothing(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
