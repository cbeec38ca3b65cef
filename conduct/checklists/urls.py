from django.urls import path

from . import views

app_name = "checklists"

urlpatterns = [path("checklists/", views.reported, name="list")]
