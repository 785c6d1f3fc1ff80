from django.urls import path

from evidence.suggestions import views

app_name = "suggestions"
urlpatterns = [
    path("themes/<int:pk>/like-this/", views.like, name="like"),
    path("themes/<int:pk>/like-this/dismissed/", views.dismissed, name="dismissed"),
    path("themes/<int:pk>/like-this/<int:passage>/dismiss/", views.dismiss, name="dismiss"),
    path("themes/<int:pk>/like-this/<int:passage>/bring-back/", views.bring_back, name="bring_back"),
]
