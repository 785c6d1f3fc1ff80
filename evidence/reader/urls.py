from django.urls import path

from evidence.reader import views

app_name = "reader"
urlpatterns = [
    path("read/<int:pk>/", views.document, name="document"),
    path("read/<int:pk>/take/", views.take, name="take"),
    path("read/<int:pk>/judge/", views.judge, name="judge"),
    path("read/<int:pk>/quote/", views.quote_form, name="quote_form"),
    path("read/<int:pk>/redact/", views.redact, name="redact"),
    path("read/redactions/<int:pk>/lift/", views.lift, name="lift"),
    path("read/quotes/<int:pk>/", views.quote, name="quote"),
]
