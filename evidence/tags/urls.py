from django.urls import path

from evidence.tags import views

app_name = "tags"
urlpatterns = [path("tags/<str:kind>/<int:pk>/", views.edit, name="edit")]
