from django.urls import path

from . import views

app_name = "fees"

urlpatterns = [
    path("fees/", views.latest, name="latest"),
    path("fees/<str:month>/", views.month, name="month"),
    path("fees/<str:month>/sheet.xlsx", views.export, name="export"),
    path("fees/<str:month>/close/", views.close, name="close"),
]
