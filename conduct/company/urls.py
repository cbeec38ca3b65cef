from django.urls import path

from . import views

app_name = "company"

urlpatterns = [
    path("company/", views.edit, name="edit"),
    path("company/logo/", views.logo, name="logo"),
]
