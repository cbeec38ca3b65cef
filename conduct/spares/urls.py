from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("spare_state", "available", "in_repair", "retired")
app_name = "spares"

urlpatterns = [
    path("spares/", views.spare_list, name="list"),
    path("spares/new/", views.edit, name="new"),
    path("spares/lend/", views.lend, name="lend"),
    path("spares/loans/", views.loan_list, name="loans"),
    path("spares/loans/<str:number>/", views.loan, name="loan"),
    path("spares/loans/<str:number>/return/", views.give_back, name="give_back"),
    path("spares/loans/<str:number>/extend/", views.extend, name="extend"),
    path("spares/<str:number>/", views.spare, name="spare"),
    path("spares/<str:number>/edit/", views.edit, name="edit"),
    path("spares/<str:number>/<spare_state:to>/", views.set_state, name="set_state"),
]
