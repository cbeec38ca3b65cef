from django.urls import path

from . import views

app_name = "suggestions"

urlpatterns = [
    path("orders/<str:number>/who/", views.order, name="order"),
    path("board/plan-these/", views.plan_these, name="plan_these"),
    path("board/plan-these/accept/", views.accept, name="accept"),
    path("trips/", views.trip_list, name="trips"),
    path("trips/<str:number>/", views.way_on, name="way_on"),
]
