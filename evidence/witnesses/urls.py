from django.urls import path

from evidence.witnesses import views

app_name = "witnesses"
urlpatterns = [
    path("witnesses/", views.listing, name="list"),
    path("witnesses/<int:pk>/", views.detail, name="detail"),
    path("witnesses/<int:pk>/edit/", views.edit, name="edit"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<int:pk>/", views.organisation, name="organisation"),
    path("organisations/<int:pk>/edit/", views.organisation_edit, name="organisation_edit"),
]
