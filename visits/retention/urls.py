from django.urls import path

from . import views

app_name = "retention"

urlpatterns = [
    path("retention/", views.table, name="table"),
    path("retention/staff/<str:username>/", views.staff, name="staff"),
    path("retention/contacts/<int:pk>/", views.contact, name="contact"),
]
