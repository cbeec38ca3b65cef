from django.urls import path

from conduct.base.addresses import one_of

from . import api, postponing, views

one_of("ending", "revoke", "withdraw")
app_name = "invitations"

urlpatterns = [
    path("visits/<str:number>/signing-link/", views.links, name="links"),
    path("visits/<str:number>/signing-link/revoke/", views.revoke, name="revoke"),
    path("orders/<str:number>/postpone/", postponing.postpone, name="postpone"),
    path("postponements/<str:number>/", postponing.postponement, name="postponement"),
    path("postponements/<str:number>/<ending:what>/", postponing.end, name="end"),
    path("visits/<str:number>/postponement/", postponing.hand_out, name="hand_out"),
    path("signing/", views.enter, name="enter"),
    path("signing/record/", views.record, name="record"),
    path("api/v1/signing/statement/", api.statement, name="statement"),
    path("api/v1/signing/sign-off/", api.sign_off, name="sign_off"),
]
