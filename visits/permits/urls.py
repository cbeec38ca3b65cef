from django.urls import path

from . import views

app_name = "permits"

urlpatterns = [
    path("orders/<str:number>/entry-pack/", views.pack, name="pack"),
    path("orders/<str:number>/entry-pack/edit/", views.edit, name="edit"),
]
