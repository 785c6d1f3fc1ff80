"""Every address: what is about no single inquiry first, then the rooms under an inquiry's code."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
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
                path("", include("evidence.tags.urls")),
                path("", include("evidence.sessions.urls")),
                path("", include("evidence.hearing.urls")),
                path("", include("evidence.reader.urls")),
                path("", include("evidence.review.urls")),
                path("", include("evidence.history.urls")),
                path("", include("report.urls")),
            ]
        ),
    ),
]
