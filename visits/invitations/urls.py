from django.urls import path

from . import api, views

app_name = "invitations"

urlpatterns = [
    path("visits/<str:number>/signing-link/", views.links, name="links"),
    path("visits/<str:number>/signing-link/revoke/", views.revoke, name="revoke"),
    path("signing/", views.enter, name="enter"),
    path("signing/record/", views.record, name="record"),
    path("api/v1/signing/statement/", api.statement, name="statement"),
    path("api/v1/signing/sign-off/", api.sign_off, name="sign_off"),
]
