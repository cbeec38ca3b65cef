from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class Decision(StringConverter):
    regex = "again|arrived|cancel"


register_converter(Decision, "decision")
app_name = "outbox"

urlpatterns = [
    path("deliveries/", views.delivery_list, name="list"),
    path("deliveries/<str:number>/", views.detail, name="detail"),
    path("deliveries/<str:number>/<decision:what>/", views.decide, name="decide"),
    path("channels/", views.channels, name="channels"),
    path("channels/<slug:code>/test/", views.test, name="test"),
]
