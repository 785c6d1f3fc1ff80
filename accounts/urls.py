from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("invitation/<str:secret>/", views.accept, name="accept"),
    path("components/", views.gallery, name="components"),
]
