from django.urls import path

from . import api, views

app_name = "records"

urlpatterns = [
    path("visits/<str:number>/record/", views.record, name="record"),
    path("visits/<str:number>/checklist/", views.checklist, name="checklist"),
    path("visits/<str:number>/checklist/<str:code>/", views.answer, name="answer"),
    path("shell/record/<str:language>/", views.shell, name="shell"),
    path("visits/<str:number>/files/<uuid:file_id>/", views.file, name="file"),
    path("api/v1/visits/<str:number>/entries/", api.entries, name="entries"),
    path("api/v1/visits/<str:number>/files/", api.files, name="files"),
]
