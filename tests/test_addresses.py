"""Every role against every address. An address that nobody listed fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.roles import Role
from tests.builders import a_person, an_inquiry
from tests.everything import address_of, one_of_everything

pytestmark = pytest.mark.django_db

EVERYONE = frozenset(Role)
STAFF = EVERYONE - {Role.MEMBER}
SECRETARIAT = frozenset({Role.CLERK, Role.ADMINISTRATOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

# Outside an inquiry. Sign-in itself is allauth's.
ELSEWHERE = {"home", "components", "accept"}

# Each address of an inquiry: who may use it, and the records that stand in it.
INSIDE: dict[str, tuple[frozenset[Role], tuple[str, ...]]] = {
    "people": (ADMINISTRATOR, ()),
    "person_add": (ADMINISTRATOR, ()),
    "person_change": (ADMINISTRATOR, ("membership",)),
    "person_invite": (ADMINISTRATOR, ("membership",)),
    "person_remove": (ADMINISTRATOR, ("membership",)),
    "inquiry:settings": (SECRETARIAT, ()),
    "inquiry:theme_edit": (SECRETARIAT, ("theme",)),
    "inquiry:references": (EVERYONE, ()),
    "inquiry:reference_add": (STAFF, ()),
    "inquiry:reference_edit": (STAFF, ("work",)),
    "inquiry:reference_strike": (STAFF, ("work",)),
    "witnesses:list": (EVERYONE, ()),
    "witnesses:detail": (EVERYONE, ("witness",)),
    "witnesses:edit": (SECRETARIAT, ("witness",)),
    "witnesses:organisations": (EVERYONE, ()),
    "witnesses:organisation": (EVERYONE, ("organisation",)),
    "witnesses:organisation_edit": (SECRETARIAT, ("organisation",)),
    "tags:edit": (STAFF, ("=insight", "insight")),
    "sessions:list": (EVERYONE, ()),
    "sessions:add": (SECRETARIAT, ()),
    "sessions:detail": (EVERYONE, ("session",)),
    "sessions:edit": (SECRETARIAT, ("session",)),
    "sessions:rule": (SECRETARIAT, ("session",)),
    "sessions:insight_add": (SECRETARIAT, ("event",)),
    "sessions:quote_add": (STAFF, ("session",)),
    "history:newest": (SECRETARIAT, ()),
    "history:record": (SECRETARIAT, ("=session", "session")),
    "documents:file": (EVERYONE, ("document",)),
    "documents:progress": (EVERYONE, ("document",)),
    "documents:read_again": (SECRETARIAT, ("document",)),
    "submissions:list": (EVERYONE, ()),
    "submissions:detail": (EVERYONE, ("submission",)),
    "submissions:files_progress": (EVERYONE, ("submission",)),
    **dict.fromkeys(("submissions:add", "submissions:accept_many", "submissions:decide_many"), (SECRETARIAT, ())),
    **{
        f"submissions:{step}": (SECRETARIAT, ("submission",))
        for step in (
            *("edit", "accept", "return", "receive_again", "decide", "publish", "withdraw"),
            *("add_files", "contact", "add_consent"),
        )
    },
    "campaigns:alike": (SECRETARIAT, ()),
    "campaigns:group": (SECRETARIAT, ("alike",)),
    "campaigns:rename": (SECRETARIAT, ("campaign",)),
    "submissions:withdraw_consent": (SECRETARIAT, ("submission", "consent")),
    "reader:document": (EVERYONE, ("document",)),
    "reader:take": (STAFF, ("document",)),
    "reader:judge": (STAFF, ("document",)),
    "reader:quote_form": (STAFF, ("document", "?passage")),
    "reader:redact": (SECRETARIAT, ("document", "?passage")),
    "reader:lift": (SECRETARIAT, ("redaction",)),
    "reader:remove": (STAFF, ("quote",)),
    "reader:restore": (STAFF, ("quote",)),
    "review:overview": (EVERYONE, ()),
    "review:quotes": (EVERYONE, ()),
    "review:quote": (EVERYONE, ("quote",)),
    "review:themes": (EVERYONE, ()),
    "review:theme": (EVERYONE, ("theme",)),
    "review:recommendations": (EVERYONE, ()),
    "review:recommendation": (EVERYONE, ("recommendation",)),
    **{f"review:quote_{step}": (STAFF, ("quote",)) for step in ("edit", "check", "remove", "restore")},
    **{f"review:recommendation_{step}": (STAFF, ("recommendation",)) for step in ("edit", "agree")},
    **dict.fromkeys(("review:recommendation_add", "review:addressee_add", "review:principle_add"), (STAFF, ())),
    "report:appendix": (EVERYONE, ()),
    "report:exports": (EVERYONE, ()),
    "report:export": (STAFF, ()),
    "report:detail": (EVERYONE, ("export",)),
    "report:progress": (EVERYONE, ("export",)),
    "report:download": (EVERYONE, ("export",)),
    "report:again": (STAFF, ("export",)),
}


def addresses(resolver: URLResolver | None = None, space: str = "", way: str = "") -> Iterator[tuple[str, str]]:
    """Every address by name and pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = f"{way}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, here)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", here


def test_every_address_is_listed():
    ours = [name for name, way in addresses() if not way.startswith("account/")]
    assert sorted(ours) == sorted(ELSEWHERE | INSIDE.keys())


@pytest.fixture
def records() -> dict[str, Any]:
    return one_of_everything()


def answers(client: Client, address: str) -> set[int]:
    """How the address answers to looking and to sending an empty form; nothing that it does is kept."""
    statuses = set()
    for method in (client.get, client.post):
        with transaction.atomic():
            answer = method(address)
            if answer.streaming:
                list(answer.streaming_content)
            transaction.set_rollback(True)
        statuses.add(answer.status_code)
    return statuses - {405}


@pytest.mark.parametrize("name", sorted(INSIDE))
def test_every_role_at_every_address(records, name):
    roles, keys = INSIDE[name]
    inquiry = records["inquiry"]
    address = address_of(name, keys, records)
    client = Client(raise_request_exception=False)
    for nobody in answers(client, address):
        assert nobody == 302
    client.force_login(a_person(an_inquiry()))
    assert answers(client, address) == {404}
    for role in Role:
        client.force_login(a_person(inquiry, role))
        met = answers(client, address)
        if role in roles:
            assert met <= {200, 204, 302, 400, 409, 422}, role
        else:
            assert met == {403}, role


def test_a_person_who_may_no_longer_sign_in_is_shown_the_door(records):
    person = a_person(records["inquiry"])
    client = Client()
    client.force_login(person)
    person.is_active = False
    person.save()
    assert client.get(reverse("review:overview", args=[records["inquiry"].code])).status_code == 302


@pytest.mark.parametrize("address", ["/NIX/", "/lui/", "/LUI/sessions/", "/LUI/submissions/1/", "/%00/", "/…/people/"])
def test_an_inquiry_that_is_not_there_does_not_exist(client, address):
    client.force_login(a_person(an_inquiry()))
    assert client.get(address).status_code == 404
