from django.urls import path

from evidence.sessions import views

app_name = "sessions"
urlpatterns = [
    path("sessions/", views.listing, name="list"),
    path("sessions/add/", views.add, name="add"),
    path("sessions/<int:pk>/", views.detail, name="detail"),
    path("sessions/<int:pk>/edit/", views.edit, name="edit"),
    path("sessions/<int:pk>/rule/", views.rule, name="rule"),
    path("sessions/<int:pk>/insights/add/", views.insight_add, name="insight_add"),
    path("sessions/<int:pk>/quotes/add/", views.quote_add, name="quote_add"),
    path("appearances/<int:pk>/consents/add/", views.consent_add, name="consent_add"),
    path("appearances/consents/<int:pk>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
]
