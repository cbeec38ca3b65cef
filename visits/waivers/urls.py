from django.urls import path

from . import views

app_name = "waivers"

urlpatterns = [
    path("waivers/", views.waiver_list, name="list"),
    path("waivers/<str:number>/", views.waiver, name="waiver"),
]
