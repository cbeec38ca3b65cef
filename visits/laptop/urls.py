from django.urls import path

from . import views

app_name = "laptop"

urlpatterns = [
    path("queue/", views.queue, name="queue"),
    path("visits/<str:number>/ready/", views.ready, name="ready"),
    path("shell/queue/<str:language>/", views.queue_shell, name="queue_shell"),
    path("shell/ready/<str:language>/", views.ready_shell, name="ready_shell"),
]
