from django.urls import path

from evidence.hearing import views

app_name = "hearing"
urlpatterns = [
    path("sessions/<int:pk>/transcript/", views.transcript, name="transcript"),
    path("sessions/<int:pk>/transcript/corrections/", views.corrections, name="corrections"),
    path("sessions/<int:pk>/transcript/quotes/", views.left_behind, name="left_behind"),
    path("transcripts/drafts/<int:pk>/", views.draft, name="draft"),
    path("transcripts/drafts/<int:pk>/progress/", views.progress, name="progress"),
    path("transcripts/drafts/<int:pk>/discard/", views.discard, name="discard"),
]
