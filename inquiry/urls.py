from django.urls import path

from inquiry import views

app_name = "inquiry"
urlpatterns = [
    path("inquiry/", views.settings, name="settings"),
    path("inquiry/frameworks/add/", views.framework_add, name="framework_add"),
    path("references/", views.references, name="references"),
    path("references/add/", views.reference_add, name="reference_add"),
    path("references/<int:pk>/", views.reference_edit, name="reference_edit"),
    path("references/<int:pk>/strike/", views.reference_strike, name="reference_strike"),
    path("themes/<int:pk>/edit/", views.theme_edit, name="theme_edit"),
]
