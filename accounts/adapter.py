"""The sign-in library in our words and ways: nobody signs up by themselves, people are invited."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

WRONG_CODE = "This code is wrong, or too old. Give the one that your app shows now."
WAYS_TO_CONFIRM = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use a passkey or key",
}


class ClosedAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "You may no longer sign in. Ask an administrator of your inquiry.",
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "enter_current_password": "This is not the password that you have now.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "Too many attempts have failed. Wait a few minutes, then try again.",
        "rate_limited": "This can be done only so often. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS_TO_CONFIRM[way["id"]]} for way in ways]


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": "Recovery codes come with a second step. Turn one on first.",
        "incorrect_code": WRONG_CODE,
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner gives it a name."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"
