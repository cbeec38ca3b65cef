from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class Decision(StringConverter):
    regex = "approve|refuse|withdraw"


register_converter(Decision, "approval_decision")
app_name = "approvals"

urlpatterns = [
    path("approvals/", views.approval_list, name="list"),
    path("approvals/<str:number>/", views.detail, name="detail"),
    path("approvals/<str:number>/hand-on/", views.hand_on, name="hand_on"),
    path("approvals/<str:number>/<approval_decision:what>/", views.decide, name="decide"),
]
