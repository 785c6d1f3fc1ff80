from django.urls import path

from evidence.coding import views

app_name = "coding"
urlpatterns = [
    path("themes/double-coding/", views.rounds, name="rounds"),
    path("themes/double-coding/open/", views.open_, name="open"),
    path("themes/double-coding/<int:pk>/", views.detail, name="detail"),
    path("themes/double-coding/<int:pk>/code/", views.code, name="code"),
    path("themes/double-coding/<int:pk>/finish/", views.finish, name="finish"),
    path("themes/double-coding/<int:pk>/settle/", views.settle, name="settle"),
    path("themes/double-coding/<int:pk>/coded/", views.coded, name="coded"),
    path("themes/double-coding/<int:pk>/give-up/", views.give_up, name="give_up"),
]
