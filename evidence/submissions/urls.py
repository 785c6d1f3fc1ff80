from django.urls import path

from evidence.submissions import views

app_name = "submissions"
urlpatterns = [
    path("submissions/", views.listing, name="list"),
    path("submissions/add/", views.add, name="add"),
    path("submissions/accept/", views.accept_many, name="accept_many"),
    path("submissions/decide/", views.decide_many, name="decide_many"),
    path("submissions/publish/", views.publish_many, name="publish_many"),
    path("submissions/return/", views.return_many, name="return_many"),
    path("submissions/<int:number>/", views.detail, name="detail"),
    path("submissions/<int:number>/edit/", views.edit, name="edit"),
    path("submissions/<int:number>/accept/", views.accept, name="accept"),
    path("submissions/<int:number>/return/", views.return_, name="return"),
    path("submissions/<int:number>/receive-again/", views.receive_again, name="receive_again"),
    path("submissions/<int:number>/decide/", views.decide, name="decide"),
    path("submissions/<int:number>/names/", views.clear, name="clear"),
    path("submissions/<int:number>/publish/", views.publish, name="publish"),
    path("submissions/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("submissions/<int:number>/reading/", views.files_progress, name="files_progress"),
    path("submissions/<int:number>/files/", views.add_files, name="add_files"),
    path("submissions/<int:number>/contact/", views.contact, name="contact"),
    path("submissions/<int:number>/consents/", views.add_consent, name="add_consent"),
    path("submissions/<int:number>/consents/<int:pk>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
]
