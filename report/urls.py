from django.urls import path

from report import views
from report.pack import views as pack

app_name = "report"
urlpatterns = [
    path("appendix/", views.appendix, name="appendix"),
    path("appendix/export/", views.export, name="export"),
    path("appendix/exports/", views.exports, name="exports"),
    path("appendix/exports/<int:pk>/", views.detail, name="detail"),
    path("appendix/exports/<int:pk>/progress/", views.progress, name="progress"),
    path("appendix/exports/<int:pk>/again/", views.again, name="again"),
    path("appendix/exports/<int:pk>/file/", views.download, name="download"),
    path("pack/", pack.pack, name="pack"),
    path("pack/<str:format>/", pack.download, name="pack_file"),
]
