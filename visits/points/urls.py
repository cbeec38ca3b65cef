from django.urls import path

from . import views

app_name = "points"

urlpatterns = [
    path("points/", views.point_list, name="list"),
    path("visits/<str:number>/points/<uuid:entry_id>/", views.point, name="point"),
    path("visits/<str:number>/points/<uuid:entry_id>/ticket/", views.ticket, name="ticket"),
    path("visits/<str:number>/points/<uuid:entry_id>/report/", views.tend, {"verb": "report"}, name="report"),
    path("visits/<str:number>/points/<uuid:entry_id>/close/", views.tend, {"verb": "close"}, name="close"),
    path("visits/<str:number>/points/<uuid:entry_id>/hand-on/", views.tend, {"verb": "hand_on"}, name="hand_on"),
]
