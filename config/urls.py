"""Every address: what is about no single inquiry first, then the rooms under an inquiry's code."""

from allauth.account import views as sign_in
from django.urls import include, path, re_path

# Of the sign-in library only what is wanted: with its other pages people could sign up, or sign in from any address.
SIGN_IN = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("password/change/", sign_in.password_change, name="account_change_password"),
    path("password/set/", sign_in.password_set, name="account_set_password"),
    path("password/reset/", sign_in.password_reset, name="account_reset_password"),
    path("password/reset/done/", sign_in.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        sign_in.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]

handler404 = "accounts.views.not_found"

urlpatterns = [
    path("account/", include(SIGN_IN)),
    path("", include("accounts.urls")),
    path(
        "<str:code>/",
        include(
            [
                path("", include("accounts.urls_inquiry")),
                path("", include("inquiry.urls")),
                path("", include("evidence.documents.urls")),
                path("", include("evidence.witnesses.urls")),
                path("", include("evidence.submissions.urls")),
                path("", include("evidence.campaigns.urls")),
                path("", include("evidence.acknowledgements.urls")),
                path("", include("evidence.importing.urls")),
                path("", include("evidence.tags.urls")),
                path("", include("evidence.frameworks.urls")),
                path("", include("evidence.together.urls")),
                path("", include("evidence.suggestions.urls")),
                path("", include("evidence.coding.urls")),
                path("", include("evidence.sessions.urls")),
                path("", include("evidence.hearing.urls")),
                path("", include("evidence.live.urls")),
                path("", include("evidence.reader.urls")),
                path("", include("evidence.review.urls")),
                path("", include("evidence.search.urls")),
                path("", include("evidence.history.urls")),
                path("", include("report.urls")),
            ]
        ),
    ),
]
