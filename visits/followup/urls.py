from django.urls import path

from . import views

app_name = "followup"

urlpatterns = [
    path("follow-ups/", views.call_list, name="list"),
    path("visits/<str:number>/follow-up/", views.call, name="call"),
    path("visits/<str:number>/follow-up/attempt/", views.attempt, name="attempt"),
    path("visits/<str:number>/archive/", views.archive, name="archive"),
]
