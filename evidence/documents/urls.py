from django.urls import path

from evidence.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<int:pk>/file/", views.file, name="file"),
    path("documents/<int:pk>/progress/", views.progress, name="progress"),
    path("documents/<int:pk>/read-again/", views.read_again, name="read_again"),
]
