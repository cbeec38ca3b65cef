from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("change_verb", "ask", "sign", "withdraw", "review")
one_of("change_paper", "signed", "consent")
app_name = "changes"

urlpatterns = [
    path("visits/<str:number>/change/", views.new, name="new"),
    path("changes/", views.change_list, name="list"),
    path("changes/<str:number>/", views.change, name="change"),
    path("changes/<str:number>/sheet/", views.sheet, name="sheet"),
    path("changes/<str:number>/edit/", views.edit, name="edit"),
    path("changes/<str:number>/papers/<change_paper:what>/", views.copy, name="copy"),
    path("changes/<str:number>/<change_verb:verb>/", views.act_on, name="act"),
]
