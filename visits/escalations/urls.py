from django.urls import path

from . import views

app_name = "escalations"

urlpatterns = [
    path("questions/", views.question_list, name="list"),
    path("questions/<str:number>/", views.question, name="question"),
]
