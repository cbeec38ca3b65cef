from django.urls import path

from . import views

app_name = "presence"

urlpatterns = [
    path("orders/<str:number>/project/", views.order, name="order"),
    path("projects/<str:number>/", views.project, name="project"),
]
