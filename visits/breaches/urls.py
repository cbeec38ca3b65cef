from django.urls import path

from . import views

app_name = "breaches"

urlpatterns = [path("visits/<str:number>/violations/new/", views.new, name="new")]
