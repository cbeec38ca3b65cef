from django.urls import path

from . import views

app_name = "escalations"

urlpatterns = [
    path("questions/", views.question_list, name="list"),
    path("questions/<str:number>/", views.question, name="question"),
    path("scope-changes/", views.scope_change_list, name="scope_changes"),
    path("scope-changes/<str:number>/", views.scope_change, name="scope_change"),
]
