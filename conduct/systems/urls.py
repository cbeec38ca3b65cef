from django.urls import path

from . import views

app_name = "systems"

urlpatterns = [
    path("systems/", views.system_list, name="list"),
    path("systems/<str:number>/revoke/", views.revoke, name="revoke"),
]
