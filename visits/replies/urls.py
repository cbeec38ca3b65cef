from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("reply_change", "ask", "review", "discard", "take_over")

app_name = "replies"

urlpatterns = [
    path("replies/", views.reply_list, name="list"),
    path("replies/new/", views.new, name="new"),
    path("replies/new/find/", views.find, name="find"),
    path("replies/<str:number>/", views.reply, name="reply"),
    path("replies/<str:number>/edit/", views.edit, name="edit"),
    path("replies/<str:number>/send/", views.send, name="send"),
    path("replies/<str:number>/letter.pdf", views.letter, name="letter"),
    path("replies/<str:number>/<reply_change:what>/", views.change_state, name="change_state"),
]
