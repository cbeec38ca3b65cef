from django.urls import path

from . import exports, views

app_name = "statistics"

urlpatterns = [
    path("month/", views.this_month, name="this_month"),
    path("month/<str:month>/", views.month, name="month"),
    path("month/<str:month>/tickets/", views.tickets, name="tickets"),
    path("month/<str:month>/people/", views.people, name="people"),
    path("month/<str:month>/customers/", views.customers, name="customers"),
    path("month/<str:month>/trend/", views.trend, name="trend"),
    path("month/<str:month>/figures/<str:code>/", views.figure, name="figure"),
    path("month/<str:month>/rows/", views.rows, name="rows"),
    path("month/<str:month>/close/", views.close, name="close"),
    path("month/<str:month>/export.xlsx", exports.figures, name="export"),
    path("month/<str:month>/visits.xlsx", exports.visits, name="export_visits"),
]
