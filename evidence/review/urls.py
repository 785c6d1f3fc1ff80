from django.urls import path

from evidence.review import views

app_name = "review"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("evidence/", views.quotes, name="quotes"),
    path("evidence/<int:pk>/", views.quote, name="quote"),
    path("themes/", views.themes, name="themes"),
    path("themes/<int:pk>/", views.theme, name="theme"),
    path("recommendations/", views.recommendations, name="recommendations"),
    path("recommendations/add/", views.recommendation_add, name="recommendation_add"),
    path("recommendations/<int:pk>/", views.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/edit/", views.recommendation_edit, name="recommendation_edit"),
]
