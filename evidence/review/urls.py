from django.urls import path

from evidence.review.views import gaps, ledger, overview, quotes, recommendations, themes, unused

app_name = "review"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("evidence/", quotes.quotes, name="quotes"),
    path("evidence/unused/", unused.unused, name="unused"),
    path("evidence/<int:pk>/", quotes.quote, name="quote"),
    path("evidence/<int:pk>/words/", quotes.quote_words, name="quote_words"),
    path("evidence/<int:pk>/edit/", quotes.quote_edit, name="quote_edit"),
    path("evidence/<int:pk>/check/", quotes.quote_check, name="quote_check"),
    path("evidence/<int:pk>/remove/", quotes.quote_remove, name="quote_remove"),
    path("evidence/<int:pk>/restore/", quotes.quote_restore, name="quote_restore"),
    path("themes/", themes.themes, name="themes"),
    path("themes/gaps/", gaps.gaps, name="gaps"),
    path("themes/gaps.csv", gaps.gaps_csv, name="gaps_csv"),
    path("themes/gaps.svg", gaps.gaps_svg, name="gaps_svg"),
    path("themes/<int:pk>/", themes.theme, name="theme"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/add/", recommendations.recommendation_add, name="recommendation_add"),
    path("recommendations/addressees/add/", recommendations.addressee_add, name="addressee_add"),
    path("recommendations/addressees/<int:pk>/", recommendations.addressee_edit, name="addressee_edit"),
    path("recommendations/principles/add/", recommendations.principle_add, name="principle_add"),
    path("recommendations/principles/<int:pk>/", recommendations.principle_edit, name="principle_edit"),
    path("recommendations/<int:pk>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/edit/", recommendations.recommendation_edit, name="recommendation_edit"),
    path("recommendations/<int:pk>/agree/", recommendations.recommendation_agree, name="recommendation_agree"),
    path("recommendations/<int:pk>/move/", ledger.recommendation_move, name="recommendation_move"),
    path("recommendations/<int:pk>/withdraw/", ledger.recommendation_withdraw, name="recommendation_withdraw"),
    path("recommendations/<int:pk>/restore/", ledger.recommendation_restore, name="recommendation_restore"),
    path("recommendations/<int:pk>/versions/", ledger.recommendation_versions, name="recommendation_versions"),
    path("recommendations/<int:pk>/answer/", ledger.recommendation_answer, name="recommendation_answer"),
    path("recommendations/evidence/<int:pk>/", ledger.link_edit, name="link_edit"),
]
