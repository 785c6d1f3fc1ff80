from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("invitation/<str:secret>/", views.accept, name="accept"),
    path("account/mail/", views.mail, name="mail"),
    path("account/mail/off/<str:signed>/", views.digest_off, name="digest_off"),
    path("components/", views.gallery, name="components"),
]
