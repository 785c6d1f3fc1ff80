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
    path("appendix/exports/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("appendix/exports/<int:pk>/file/", views.download, name="download"),
    path("pack/", pack.pack, name="pack"),
    path("pack/<str:format>/", pack.download, name="pack_file"),
    path("appendix/snapshots/<int:pk>/", views.snapshot, name="snapshot"),
    path("appendix/compare/", views.compare_snapshots, name="compare"),
    path("appendix/style/", views.house_style, name="house_style"),
    path("appendix/style/document/", views.house_style_document, name="house_style_document"),
]
