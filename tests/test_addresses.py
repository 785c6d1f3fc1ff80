"""Every role against every address. An address that nobody listed fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from accounts.actions import invite, signed_for
from accounts.models import User
from accounts.roles import CONSOLE, Role
from tests.builders import PASSWORD, a_person, an_inquiry, with_a_password
from tests.everything import address_of, one_of_everything

pytestmark = pytest.mark.django_db

EVERYONE = frozenset(Role)
STAFF = EVERYONE - {Role.MEMBER}
SECRETARIAT = frozenset({Role.CLERK, Role.ADMINISTRATOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

# Outside an inquiry: who may use it.
ELSEWHERE: dict[str, frozenset[Role]] = {"home": EVERYONE, "components": SECRETARIAT}

# For whoever comes, signed in or not: signing in, and what leads to it.
OPEN: dict[str, tuple[str, ...]] = {
    "accept": ("invitation",),
    "account_login": (),
    "account_logout": (),
    "account_inactive": (),
    "account_reset_password": (),
    "account_reset_password_done": (),
    "account_reset_password_from_key": ("=1", "=set-password"),
    "account_reset_password_from_key_done": (),
    "digest_off": ("signed",),
    "mfa_authenticate": (),
    "mfa_login_webauthn": (),
}

# A person's own password and second step, whatever their roles.
ONES_OWN: dict[str, tuple[str, ...]] = {
    "account_reauthenticate": (),
    "account_change_password": (),
    "account_set_password": (),
    "mail": (),
    "mfa_index": (),
    "mfa_reauthenticate": (),
    "mfa_activate_totp": (),
    "mfa_deactivate_totp": (),
    "mfa_view_recovery_codes": (),
    "mfa_generate_recovery_codes": (),
    "mfa_download_recovery_codes": (),
    "mfa_list_webauthn": (),
    "mfa_add_webauthn": (),
    "mfa_reauthenticate_webauthn": (),
    "mfa_remove_webauthn": ("key",),
    "mfa_edit_webauthn": ("key",),
}

# Each address of an inquiry: who may use it, and the records that stand in it.
INSIDE: dict[str, tuple[frozenset[Role], tuple[str, ...]]] = {
    "people": (ADMINISTRATOR, ()),
    "person_add": (ADMINISTRATOR, ()),
    "person_change": (ADMINISTRATOR, ("membership",)),
    "person_invite": (ADMINISTRATOR, ("invited",)),
    "person_uninvite": (ADMINISTRATOR, ("invited",)),
    "person_remove": (ADMINISTRATOR, ("membership",)),
    "inquiry:settings": (SECRETARIAT, ()),
    "inquiry:framework_add": (SECRETARIAT, ()),
    "inquiry:theme_edit": (SECRETARIAT, ("theme",)),
    "frameworks:detail": (EVERYONE, ("framework",)),
    "frameworks:theme_add": (SECRETARIAT, ("framework",)),
    "frameworks:crosswalk": (SECRETARIAT, ("framework", "next_version")),
    **{f"frameworks:{step}": (SECRETARIAT, ("theme",)) for step in ("merge", "split", "retire")},
    "frameworks:take_back": (SECRETARIAT, ("split",)),
    "frameworks:settle": (STAFF, ("split",)),
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
    **dict.fromkeys(("coding:rounds", "coding:open"), (STAFF, ())),
    **{f"coding:{page}": (STAFF, ("round",)) for page in ("detail", "code", "finish", "settle", "coded", "give_up")},
    **{f"suggestions:{page}": (STAFF, ("theme",)) for page in ("like", "dismissed")},
    **{f"suggestions:{step}": (STAFF, ("theme", "passage")) for step in ("dismiss", "bring_back")},
    "together:many": (STAFF, ()),
    "together:undo": (STAFF, ("together",)),
    "sessions:list": (EVERYONE, ()),
    "sessions:add": (SECRETARIAT, ()),
    "sessions:detail": (EVERYONE, ("session",)),
    "sessions:edit": (SECRETARIAT, ("session",)),
    "sessions:rule": (SECRETARIAT, ("session",)),
    "sessions:insight_add": (SECRETARIAT, ("event",)),
    "sessions:quote_add": (STAFF, ("session",)),
    "sessions:consent_add": (SECRETARIAT, ("appearance",)),
    "sessions:consent_withdraw": (SECRETARIAT, ("spoken_consent",)),
    "history:newest": (SECRETARIAT, ()),
    "history:record": (SECRETARIAT, ("=session", "session")),
    "documents:file": (EVERYONE, ("document",)),
    "documents:progress": (EVERYONE, ("document",)),
    "documents:read_again": (SECRETARIAT, ("document",)),
    "submissions:list": (EVERYONE, ()),
    "submissions:detail": (EVERYONE, ("submission",)),
    "submissions:clear": (SECRETARIAT, ("submission",)),
    "submissions:files_progress": (EVERYONE, ("submission",)),
    **dict.fromkeys(
        [f"submissions:{step}" for step in ("add", "accept_many", "decide_many", "publish_many", "return_many")],
        (SECRETARIAT, ()),
    ),
    "acknowledgements:wording": (SECRETARIAT, ()),
    "acknowledgements:acknowledge": (SECRETARIAT, ("submission",)),
    "acknowledgements:acknowledge_many": (SECRETARIAT, ()),
    "acknowledgements:settle": (SECRETARIAT, ("submission",)),
    "importing:list": (SECRETARIAT, ()),
    "importing:add": (SECRETARIAT, ()),
    **{f"importing:{page}": (SECRETARIAT, ("chosen",)) for page in ("detail", "progress", "columns")},
    **{f"importing:{step}": (SECRETARIAT, ("chosen",)) for step in ("confirm", "check_again", "discard")},
    "importing:undo": (SECRETARIAT, ("imported",)),
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
    "hearing:transcript": (SECRETARIAT, ("heard",)),
    "hearing:draft": (SECRETARIAT, ("draft",)),
    "hearing:progress": (SECRETARIAT, ("draft",)),
    "hearing:discard": (SECRETARIAT, ("draft",)),
    "hearing:corrections": (EVERYONE, ("heard",)),
    "hearing:left_behind": (SECRETARIAT, ("heard",)),
    "lists:keep": (EVERYONE, ()),
    "lists:let_go": (EVERYONE, ()),
    "live:changed": (EVERYONE, ("=session", "session")),
    "reader:document": (EVERYONE, ("document",)),
    "reader:quote": (EVERYONE, ("quote",)),
    "reader:take": (STAFF, ("document",)),
    "reader:judge": (STAFF, ("document",)),
    "reader:quote_form": (STAFF, ("document", "?passage")),
    "reader:redact": (SECRETARIAT, ("document", "?passage")),
    "reader:lift": (SECRETARIAT, ("redaction",)),
    "review:overview": (EVERYONE, ()),
    "search:search": (EVERYONE, ()),
    "search:suggest": (EVERYONE, ()),
    "review:quotes": (EVERYONE, ()),
    "review:unused": (EVERYONE, ()),
    "review:quote": (EVERYONE, ("quote",)),
    "review:quote_words": (EVERYONE, ("quote",)),
    "review:themes": (EVERYONE, ()),
    **{f"review:{page}": (EVERYONE, ()) for page in ("gaps", "gaps_csv", "gaps_svg")},
    "review:theme": (EVERYONE, ("theme",)),
    "review:recommendations": (EVERYONE, ()),
    "review:recommendation": (EVERYONE, ("recommendation",)),
    **{f"review:quote_{step}": (STAFF, ("quote",)) for step in ("edit", "check", "remove", "restore")},
    **{
        f"review:recommendation_{step}": (STAFF, ("recommendation",))
        for step in ("edit", "agree", "move", "withdraw", "answer")
    },
    "review:recommendation_restore": (STAFF, ("withdrawn",)),
    "review:recommendation_versions": (EVERYONE, ("recommendation",)),
    "review:link_edit": (STAFF, ("link",)),
    "review:addressee_edit": (STAFF, ("addressee",)),
    "review:principle_edit": (STAFF, ("principle",)),
    **dict.fromkeys(("review:recommendation_add", "review:addressee_add", "review:principle_add"), (STAFF, ())),
    "notes:mark": (EVERYONE, ("=quote", "quote")),
    "notes:thread": (EVERYONE, ("=quote", "quote")),
    "report:pack": (EVERYONE, ()),
    "report:pack_file": (EVERYONE, ("=pdf",)),
    "readiness:readiness": (STAFF, ()),
    "readiness:accept": (SECRETARIAT, ()),
    "readiness:withdraw": (SECRETARIAT, ("accepted",)),
    "report:appendix": (EVERYONE, ()),
    "report:exports": (EVERYONE, ()),
    "report:export": (STAFF, ()),
    "report:detail": (EVERYONE, ("export",)),
    "report:progress": (EVERYONE, ("export",)),
    "report:download": (EVERYONE, ("export",)),
    **{f"report:{step}": (STAFF, ("export",)) for step in ("again", "cancel")},
    "report:snapshot": (EVERYONE, ("snapshot",)),
    "report:compare": (EVERYONE, ()),
    **dict.fromkeys(("report:house_style", "report:house_style_document"), (STAFF, ())),
}

# What is one person's in an inquiry, and does not exist for anybody else in it.
OF_ONE_PERSON: dict[str, tuple[str, ...]] = {
    **{f"notes:{step}": ("note",) for step in ("edit", "take_back", "remove", "restore")},
    "notes:named": ("mention",),
}

# What fewer may send than look at it.
SENT_BY = {"report:house_style": SECRETARIAT, "report:snapshot": STAFF}

# What is sent from other pages has none of its own.
ONLY_SENT = {
    *("notes:mark", "lists:keep", "lists:let_go", "frameworks:take_back", "person_invite", "documents:read_again"),
    *("reader:take", "reader:lift", "hearing:discard"),
    *(f"submissions:{step}" for step in ("accept", "receive_again", "accept_many", "decide_many")),
    *("submissions:publish_many", "submissions:return_many"),
    *("acknowledgements:acknowledge_many", "acknowledgements:settle"),
    *("coding:finish", "suggestions:dismiss", "suggestions:bring_back", "together:many", "together:undo"),
    *("importing:confirm", "importing:check_again", "importing:discard"),
    *("review:quote_remove", "review:quote_restore", "review:recommendation_agree", "report:export", "report:again"),
    "report:cancel",
    *("review:quote_remove", "review:quote_restore", "review:recommendation_agree"),
    *("readiness:accept", "readiness:withdraw"),
    *("review:recommendation_withdraw", "review:recommendation_restore", "report:export", "report:again"),
}
# A part of another page, a file, or the way to another page.
PARTS = {
    "live:changed",
    "hearing:progress",
    "search:suggest",
    "review:gaps_csv",
    "review:gaps_svg",
    "submissions:files_progress",
    "importing:progress",
    "documents:progress",
    "documents:file",
    "reader:judge",
    "reader:quote",
    "review:quote_words",
    "report:progress",
    "report:download",
    "report:pack_file",
    "report:house_style_document",
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
    listed = [*ELSEWHERE, *OPEN, *ONES_OWN, *INSIDE, *OF_ONE_PERSON]
    assert sorted(name for name, _ in addresses()) == sorted(listed)


def test_every_address_has_a_page_but_for_those_named_here(records):
    client = Client()
    client.force_login(a_person(records["inquiry"], Role.ADMINISTRATOR))
    without = set()
    for name, (_, keys) in INSIDE.items():
        answer = client.get(address_of(name, keys, records))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200 or not content.startswith(b"<!doctype html>"):
            without.add(name)
    assert without == ONLY_SENT | PARTS


@pytest.fixture(scope="module")
def records(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """Made once: each test begins with them as they were made, since what it does is rolled back, and so are they."""
    with django_db_blocker.unblock(), transaction.atomic():
        records = one_of_everything()
        connection.check_constraints()
        yield records
        transaction.set_rollback(True)


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
        if role in roles - SENT_BY.get(name, roles):
            assert met == {200, 403}, role
        elif role in roles:
            assert met <= {200, 204, 302, 400, 409, 422}, role
        else:
            assert met == {403}, role


@pytest.mark.parametrize("name", sorted(OF_ONE_PERSON))
def test_what_is_one_persons_is_nobody_elses(records, name):
    inquiry, address = records["inquiry"], address_of(name, OF_ONE_PERSON[name], records)
    client = Client(raise_request_exception=False)
    assert answers(client, address) == {302}
    for person in (a_person(an_inquiry()), *(a_person(inquiry, role) for role in Role)):
        client.force_login(person)
        assert answers(client, address) == {404}
    client.force_login(records["reader"])
    assert answers(client, address) <= {200, 302}


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_every_role_at_every_address_outside_an_inquiry(records, name):
    client = Client(raise_request_exception=False)
    assert answers(client, reverse(name)) == {302}
    for role in Role:
        client.force_login(a_person(records["inquiry"], role))
        assert answers(client, reverse(name)) <= ({200, 302} if role in ELSEWHERE[name] else {403}), role


@pytest.mark.parametrize("name", sorted(OPEN))
def test_signing_in_is_open_to_everybody(records, name):
    person = a_person(records["inquiry"])
    somebody = {"email": "somebody@example.org", "name": "Some Body", "role": Role.MEMBER}
    _, invitation = invite(inquiry=records["inquiry"], by=CONSOLE, **somebody)
    secrets = {"invitation": invitation, "signed": signed_for(person)}
    address = reverse(name, args=[key[1:] if key.startswith("=") else secrets[key] for key in OPEN[name]])
    client = Client(raise_request_exception=False)
    assert answers(client, address) <= {200, 302}
    client.force_login(person)
    assert answers(client, address) <= {200, 302}


@pytest.mark.parametrize("name", sorted(ONES_OWN))
def test_a_password_and_a_second_step_are_ones_own(records, name):
    owner, other = a_person(records["inquiry"]), a_person(records["inquiry"], Role.ADMINISTRATOR)
    if ONES_OWN[name]:
        key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "A key", "credential": {}})
        address = reverse(name, args=[key.pk])
    else:
        address = reverse(name)
    client = Client(raise_request_exception=False)
    assert answers(client, address) == {302}
    signed_in_just_now(client, owner)
    assert answers(client, address) <= {200, 302, 404}
    signed_in_just_now(client, other)
    assert answers(client, address) <= ({404} if ONES_OWN[name] else {200, 302, 404})


def signed_in_just_now(client: Client, person: User) -> None:
    """As somebody who has given the password again, which is asked for before a second step is changed."""
    client.force_login(with_a_password(person))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


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
