from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("remote_change", "note", "close", "give_back", "reopen")

app_name = "remote"

urlpatterns = [
    path("remote-support/", views.case_list, name="list"),
    path("remote-support/<str:number>/", views.case, name="case"),
    path("remote-support/<str:number>/take/", views.take, name="take"),
    path("remote-support/<str:number>/<remote_change:what>/", views.change, name="change"),
    path("visits/<str:number>/remote-support/", views.hand_over, name="hand_over"),
]
