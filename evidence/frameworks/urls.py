from django.urls import path

from evidence.frameworks import views

app_name = "frameworks"
urlpatterns = [
    path("themes/frameworks/<int:pk>/", views.framework, name="detail"),
    path("themes/frameworks/<int:pk>/themes/add/", views.theme_add, name="theme_add"),
    path("themes/frameworks/<int:pk>/crosswalk/<int:to>/", views.crosswalk, name="crosswalk"),
    path("themes/<int:pk>/merge/", views.merge, name="merge"),
    path("themes/<int:pk>/split/", views.split, name="split"),
    path("themes/<int:pk>/retire/", views.retire, name="retire"),
    path("themes/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("themes/<int:pk>/settle/", views.settle, name="settle"),
]
