from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("complaint_step", "investigate", "answer_by_call", "improve", "close", "reopen", "hand_on")

app_name = "complaints"

urlpatterns = [
    path("complaints/", views.complaint_list, name="list"),
    path("complaints/new/", views.new, name="new"),
    path("complaints/new/find/", views.find, name="find"),
    path("complaints/rule/", views.edit_policy, name="policy"),
    path("complaints/<str:number>/", views.complaint, name="complaint"),
    path("complaints/<str:number>/<complaint_step:what>/", views.step, name="step"),
]
