from django.urls import path

from . import views

app_name = "points"

urlpatterns = [path("visits/<str:number>/points/<uuid:entry_id>/ticket/", views.ticket, name="ticket")]
