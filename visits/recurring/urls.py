from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("plan_move", "pause", "resume", "end")
app_name = "recurring"

urlpatterns = [
    path("recurring/", views.plan_list, name="list"),
    path("recurring/new/", views.new, name="new"),
    path("recurring/find/", views.find, name="find"),
    path("recurring/<str:number>/", views.plan, name="plan"),
    path("recurring/<str:number>/edit/", views.edit, name="edit"),
    path("recurring/<str:number>/<plan_move:to>/", views.change_state, name="change_state"),
]
