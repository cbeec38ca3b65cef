from django.urls import path

from . import views

app_name = "devices"

urlpatterns = [
    path("me/devices/", views.mine, name="mine"),
    path("devices/", views.device_list, name="list"),
    path("devices/<uuid:device_id>/revoke/", views.revoke, name="revoke"),
    path("devices/<uuid:device_id>/wipe/", views.wipe, name="wipe"),
]
