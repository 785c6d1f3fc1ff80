from django.urls import path

from evidence.submissions import views

app_name = "submissions"
urlpatterns = [
    path("submissions/", views.listing, name="list"),
    path("submissions/<int:number>/", views.detail, name="detail"),
]
