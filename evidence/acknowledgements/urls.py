from django.urls import path

from evidence.acknowledgements import views

app_name = "acknowledgements"
urlpatterns = [
    path("inquiry/acknowledgements/", views.wording, name="wording"),
    path("submissions/acknowledge/", views.acknowledge_many, name="acknowledge_many"),
    path("submissions/<int:number>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("submissions/<int:number>/acknowledge/settle/", views.settle, name="settle"),
]
