from django.urls import path

from evidence.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("submissions/alike/", views.alike, name="alike"),
    path("submissions/alike/<int:number>/", views.group, name="group"),
    path("submissions/campaigns/<int:pk>/", views.rename, name="rename"),
]
