from django.urls import path

from evidence.coding import views

app_name = "coding"
urlpatterns = [
    path("double-coding/", views.rounds, name="rounds"),
    path("double-coding/open/", views.open_, name="open"),
    path("double-coding/<int:pk>/", views.detail, name="detail"),
    path("double-coding/<int:pk>/code/", views.code, name="code"),
    path("double-coding/<int:pk>/finish/", views.finish, name="finish"),
    path("double-coding/<int:pk>/settle/", views.settle, name="settle"),
]
