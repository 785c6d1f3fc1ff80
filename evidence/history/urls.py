from django.urls import path

from evidence.history import views

app_name = "history"
urlpatterns = [
    path("history/", views.newest, name="newest"),
    path("history/<str:kind>/<int:pk>/", views.record, name="record"),
]
