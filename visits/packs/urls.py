from django.urls import path

from . import views

app_name = "packs"

urlpatterns = [
    path("packs/", views.pack_list, name="list"),
    path("packs/rule/", views.edit_policy, name="policy"),
    path("packs/<str:number>/", views.detail, name="detail"),
    path("packs/<str:number>/again/", views.again, name="again"),
    path("packs/<str:number>/files/<uuid:file_id>/", views.file, name="file"),
]
