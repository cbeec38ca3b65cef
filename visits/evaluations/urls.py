from django.urls import path

from . import views

app_name = "evaluations"

urlpatterns = [
    path("visits/<str:number>/evaluation-link/", views.issue, name="issue"),
    path("evaluate/", views.enter, name="enter"),
    path("evaluate/form/", views.evaluate, name="form"),
]
