from django.urls import path

from . import views

app_name = "shell"

urlpatterns = [
    path("sw.js", views.service_worker, name="service_worker"),
    path("app.webmanifest", views.app_manifest, name="manifest"),
    path("shell/offline/<str:language>/", views.offline, name="offline"),
]
