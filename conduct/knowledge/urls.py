from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("article_change", "ask", "discard")

app_name = "knowledge"

urlpatterns = [
    path("knowledge/", views.article_list, name="list"),
    path("knowledge/new/", views.new, name="new"),
    path("knowledge/new/from/", views.take_over, name="take_over"),
    path("knowledge/like/", views.suggest, name="suggest"),
    path("knowledge/<str:number>/", views.article, name="article"),
    path("knowledge/<str:number>/edit/", views.edit, name="edit"),
    path("knowledge/<str:number>/review/", views.review, name="review"),
    path("knowledge/<str:number>/retire/", views.retire, name="retire"),
    path("knowledge/<str:number>/<article_change:what>/", views.change_state, name="change_state"),
]
