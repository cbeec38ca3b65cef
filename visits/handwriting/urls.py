from django.urls import path

from . import views

app_name = "handwriting"

urlpatterns = [
    path("confirmations/", views.confirmation_list, name="list"),
    path("visits/<str:number>/confirmation/", views.confirmation, name="confirmation"),
    path("me/signature/", views.specimen, name="specimen"),
]
