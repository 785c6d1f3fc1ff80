from django.urls import path

from evidence.together import views

app_name = "together"
urlpatterns = [
    path("tag/many/", views.many, name="many"),
    path("tag/many/<int:pk>/undo/", views.undo, name="undo"),
]
