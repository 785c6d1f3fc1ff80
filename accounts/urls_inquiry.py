from django.urls import path

from accounts import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/add/", views.add, name="person_add"),
    path("people/<int:pk>/", views.change, name="person_change"),
    path("people/invited/<int:pk>/again/", views.invite_again, name="person_invite"),
    path("people/invited/<int:pk>/withdraw/", views.withdraw, name="person_uninvite"),
    path("people/<int:pk>/remove/", views.remove, name="person_remove"),
]
