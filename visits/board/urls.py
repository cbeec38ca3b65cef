from django.urls import path

from . import house_views, views

app_name = "board"

urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/changes/", views.changes, name="changes"),
    path("board/check/", views.check, name="check"),
    path("board/publish/", views.publish, name="publish"),
    path("board/health/", house_views.plan_health, name="health"),
    path("board/hours/", house_views.hours, name="hours"),
    path("board/undo/", views.undo, name="undo"),
    path("orders/<str:number>/plan/", views.place, name="place"),
    path("visits/<str:number>/move/", views.move, name="move"),
]
