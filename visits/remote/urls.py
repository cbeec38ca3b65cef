from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class Change(StringConverter):
    regex = "note|close|give_back|reopen"


register_converter(Change, "remote_change")

app_name = "remote"

urlpatterns = [
    path("remote-support/", views.case_list, name="list"),
    path("remote-support/<str:number>/", views.case, name="case"),
    path("remote-support/<str:number>/take/", views.take, name="take"),
    path("remote-support/<str:number>/<remote_change:what>/", views.change, name="change"),
    path("visits/<str:number>/remote-support/", views.hand_over, name="hand_over"),
]
