from django.urls import path

from . import views

app_name = "preparations"

urlpatterns = [
    path("preparations/", views.job_list, name="list"),
    path("preparations/new/", views.new, name="new"),
    path("preparations/import/", views.take_over, name="import"),
    path("preparations/policy/", views.edit_policy, name="policy"),
    path("preparations/<str:number>/", views.job, name="job"),
    path("preparations/<str:number>/standard/file/", views.standard_file, name="standard_file"),
    path("preparations/<str:number>/standard/", views.hand_in, name="hand_in"),
    path("preparations/<str:number>/take/", views.take, name="take"),
    path("preparations/<str:number>/assign/", views.assign, name="assign"),
    path("preparations/<str:number>/checks/", views.tick, name="tick"),
    path("preparations/<str:number>/ready/", views.say_ready, name="ready"),
    path("preparations/<str:number>/reopen/", views.reopen, name="reopen"),
    path("preparations/<str:number>/move/", views.reschedule, name="move"),
    path("preparations/<str:number>/cancel/", views.cancel, name="cancel"),
]
