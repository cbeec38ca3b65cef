from django.urls import path

from conduct.base.addresses import one_of

from . import policy_views, public_views, views
from .moves import MOVES

one_of("ticket_move", *MOVES)
app_name = "repairs"

urlpatterns = [
    path("r/t/<str:token>/", public_views.follow, name="follow"),
    path("r/t/<str:token>/not-mended/", public_views.object_to, name="object_to"),
    path("r/t/<str:token>/mended/", public_views.content_with, name="content_with"),
    path("r/t/<str:token>/photos/<uuid:file_id>/", public_views.follow_photo, name="follow_photo"),
    path("r/<str:label>/", public_views.label, name="label"),
    path("repairs/", views.ticket_list, name="list"),
    path("repairs/board/", views.board, name="board"),
    path("repairs/queue/", views.queue, name="queue"),
    path("repairs/new/", views.find_equipment, name="find"),
    path("repairs/new/<str:number>/", views.new, name="new"),
    path("repairs/policy/", policy_views.policy, name="policy"),
    path("repairs/labels/", policy_views.labels, name="labels"),
    path("repairs/labels/sheet/", policy_views.label_sheet, name="label_sheet"),
    path("repairs/equipment/<str:number>/", views.history, name="history"),
    path("repairs/<str:number>/", views.ticket, name="ticket"),
    path("repairs/<str:number>/deadline/", views.deadline, name="deadline"),
    path("repairs/<str:number>/photos/<uuid:file_id>/", views.photo, name="photo"),
    path("repairs/<str:number>/help/<int:pk>/answer/", views.answer, name="answer"),
    path("repairs/<str:number>/<ticket_move:what>/", views.move, name="move"),
]
