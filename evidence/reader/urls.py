from django.urls import path

from evidence.reader import views

app_name = "reader"
urlpatterns = [
    path("read/<int:pk>/", views.document, name="document"),
]
