from django.urls import path

from accounts import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/add/", views.add, name="person_add"),
    path("people/<int:pk>/", views.change, name="person_change"),
    path("people/<int:pk>/invite/", views.invite_again, name="person_invite"),
    path("people/<int:pk>/remove/", views.remove, name="person_remove"),
]
