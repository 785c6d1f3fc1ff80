from django.urls import path

from evidence.lists import views

app_name = "lists"
urlpatterns = [
    path("lists/keep/", views.keep, name="keep"),
    path("lists/let-go/", views.forget, name="let_go"),
]
