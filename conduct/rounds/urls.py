from django.urls import path

from . import views

app_name = "rounds"

urlpatterns = [
    path("rounds/", views.round_list, name="list"),
    path("rounds/plans/new/", views.plan, name="new_plan"),
    path("rounds/plans/<int:pk>/", views.plan, name="plan"),
    path("rounds/<str:number>/", views.maintenance_round, name="round"),
]
