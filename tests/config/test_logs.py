"""What a refusal and a fault leave in the log."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from accounts.roles import Role
from tests.builders import a_person, an_inquiry

pytestmark = pytest.mark.django_db


def forbidden(request: object) -> HttpResponse:
    raise PermissionDenied


def broken(request: object) -> HttpResponse:
    raise RuntimeError


urlpatterns = [path("forbidden/", forbidden), path("broken/", broken)]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    logging.getLogger("django.request").addHandler(caplog.handler)
    return caplog


def test_what_may_not_be_done_takes_a_line(client: Client, log: pytest.LogCaptureFixture) -> None:
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry, Role.MEMBER))
    asked = reverse("sessions:add", args=[inquiry.code])
    assert client.get(asked).status_code == 403
    assert f"Forbidden (Permission denied): {asked}" in log.text
    assert "Traceback" not in log.text


@override_settings(ROOT_URLCONF="tests.config.test_logs", MIDDLEWARE=[], DEBUG=True)
def test_a_fault_keeps_its_traceback(client: Client, log: pytest.LogCaptureFixture) -> None:
    client.raise_request_exception = False
    assert client.get("/forbidden/").status_code == 403
    assert "Traceback" not in log.text
    assert client.get("/broken/").status_code == 500
    assert "RuntimeError" in log.text
