from django.urls import path

from . import department_views, views

app_name = "people"

urlpatterns = [
    path("staff/", views.staff_list, name="list"),
    path("staff/new/", views.new, name="new"),
    path("staff/<str:username>/", views.detail, name="detail"),
    path("staff/<str:username>/edit/", views.edit, name="edit"),
    path("staff/<str:username>/engineer/", views.engineer, name="engineer"),
    path("staff/<str:username>/certificates/", views.add_certificate, name="add_certificate"),
    path("staff/<str:username>/certificates/<int:pk>/remove/", views.remove_certificate, name="remove_certificate"),
    path("departments/", department_views.department_list, name="departments"),
    path("departments/new/", department_views.new, name="new_department"),
    path("departments/<str:name>/", department_views.edit, name="department"),
    path("me/", views.me, name="me"),
    path("me/language/", views.language, name="language"),
    path("trail/", views.trail, name="trail"),
    path("access/", views.access, name="access"),
]
