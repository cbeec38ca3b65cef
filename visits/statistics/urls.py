from django.urls import path

from . import views

app_name = "statistics"

urlpatterns = [
    path("month/", views.this_month, name="this_month"),
    path("month/<str:month>/", views.month, name="month"),
    path("month/<str:month>/export.xlsx", views.export, name="export"),
    path("month/<str:month>/rows/", views.rows, name="rows"),
]
