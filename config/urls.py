"""Every address: what is about no single inquiry first, then the rooms under an inquiry's code."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
