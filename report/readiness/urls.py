from django.urls import path

from report.readiness import views

app_name = "readiness"
urlpatterns = [
    path("readiness/", views.readiness, name="readiness"),
    path("readiness/accept/", views.accept, name="accept"),
    path("readiness/accepted/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
