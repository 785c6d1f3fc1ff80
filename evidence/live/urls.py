from django.urls import path

from evidence.live import views

app_name = "live"
urlpatterns = [
    path("live/<str:kind>/<int:pk>/", views.changed, name="changed"),
]
