from django.urls import path

from . import views

app_name = "violations"

urlpatterns = [
    path("violations/", views.violation_list, name="list"),
    path("violations/new/", views.new, name="new"),
    path("violations/<str:number>/", views.detail, name="detail"),
    path("violations/<str:number>/files/<uuid:file_id>/", views.file, name="file"),
    path("violations/<str:number>/<str:what>/", views.take, name="take"),
]
