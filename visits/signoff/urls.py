from django.urls import path

from . import api, views

app_name = "signoff"
PICTURE = "visits/<str:number>/sign-offs/<uuid:package_id>"

urlpatterns = [
    path("visits/<str:number>/sign/", views.sign, name="sign"),
    path("shell/sign/<str:language>/", views.shell, name="shell"),
    path("visits/<str:number>/sign/start/", views.start, name="start"),
    path("visits/<str:number>/sign/leave/", views.leave, name="leave"),
    path("visits/<str:number>/sign/transcribe/", views.transcribe, name="transcribe"),
    path("visits/<str:number>/stamped-copy/", views.stamped_copy, name="stamped_copy"),
    path("visits/<str:number>/correct/", views.correct, name="correct"),
    path(f"{PICTURE}/stamp/", views.picture, {"which": "stamp"}, name="stamp"),
    path(f"{PICTURE}/stamped-copy/", views.picture, {"which": "stamped_copy"}, name="stamped_copy_file"),
    path(f"{PICTURE}/scan/", views.picture, {"which": "scan"}, name="scan"),
    path(f"{PICTURE}/settle/", views.settle, name="settle"),
    path("api/v1/visits/<str:number>/statement/", api.statement, name="statement"),
    path("api/v1/visits/<str:number>/sign-off/", api.sign_off, name="sign_off"),
]
