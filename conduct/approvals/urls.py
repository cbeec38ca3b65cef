from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("approval_decision", "approve", "refuse", "withdraw")
app_name = "approvals"

urlpatterns = [
    path("approvals/", views.approval_list, name="list"),
    path("approvals/<str:number>/", views.detail, name="detail"),
    path("approvals/<str:number>/hand-on/", views.hand_on, name="hand_on"),
    path("approvals/<str:number>/<approval_decision:what>/", views.decide, name="decide"),
]
