from django.urls import path

from evidence.importing import views

app_name = "importing"
urlpatterns = [
    path("submissions/imports/", views.listing, name="list"),
    path("submissions/imports/add/", views.add, name="add"),
    path("submissions/imports/<int:pk>/", views.detail, name="detail"),
    path("submissions/imports/<int:pk>/progress/", views.progress, name="progress"),
    path("submissions/imports/<int:pk>/columns/", views.columns, name="columns"),
    path("submissions/imports/<int:pk>/import/", views.confirm, name="confirm"),
    path("submissions/imports/<int:pk>/check-again/", views.check_again, name="check_again"),
    path("submissions/imports/<int:pk>/discard/", views.discard, name="discard"),
    path("submissions/imports/<int:pk>/undo/", views.undo, name="undo"),
]
