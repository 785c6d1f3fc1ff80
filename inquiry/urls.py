from django.urls import path

from inquiry import views

app_name = "inquiry"
urlpatterns = [
    path("inquiry/", views.settings, name="settings"),
    path("references/", views.references, name="references"),
    path("themes/<int:pk>/edit/", views.theme_edit, name="theme_edit"),
]
