from django.urls import path

from evidence.notes import views

app_name = "notes"
urlpatterns = [
    path("marks/<str:kind>/<int:pk>/", views.mark, name="mark"),
    path("notes/<str:kind>/<int:pk>/", views.thread, name="thread"),
    path("notes/<int:pk>/edit/", views.edit, name="edit"),
    path("notes/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("notes/<int:pk>/remove/", views.remove, name="remove"),
    path("notes/<int:pk>/restore/", views.restore, name="restore"),
    path("mentions/<int:pk>/", views.named, name="named"),
]
