"""The sign-in library's forms, in our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import transaction

from accounts import actions


class InOurWords:
    """What the fields of a form are called, and hints for some of them."""

    fields: dict[str, forms.Field]
    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            if name in self.fields:
                self.fields[name].label = label
        for name, hint in self.hints.items():
            self.fields[name].help_text = hint
        if "password1" in self.fields:
            self.fields["password1"].help_text = " ".join(password_validators_help_texts())


NEW_PASSWORD = {"password1": "New password", "password2": "New password, again"}


class SignIn(InOurWords, LoginForm):
    labels: ClassVar = {"login": "E-mail address", "remember": "Keep me signed in on this device"}


class ChangePassword(InOurWords, ChangePasswordForm):
    labels: ClassVar = {"oldpassword": "The password that you have now", **NEW_PASSWORD}


class FirstPassword(InOurWords, SetPasswordForm):
    labels: ClassVar = NEW_PASSWORD


class AskForLink(InOurWords, ResetPasswordForm):
    labels: ClassVar = {"email": "E-mail address"}


class PasswordByMail(InOurWords, ResetPasswordKeyForm):
    """A new password by the link that was sent to the address."""

    labels: ClassVar = NEW_PASSWORD

    def save(self) -> None:
        with transaction.atomic():
            super().save()
            actions.prove_address(person=self.user)


class TurnOnCodes(InOurWords, ActivateTOTPForm):
    labels: ClassVar = {"code": "Code"}


class AddPasskey(InOurWords, AddWebAuthnForm):
    labels: ClassVar = {"passwordless": "Sign in with it alone, without the password"}
    hints: ClassVar = {"passwordless": "It then has to ask for your fingerprint, your face or a PIN."}
