from django.urls import path

from . import views

app_name = "workdays"

urlpatterns = [
    path("calendars/", views.calendar_list, name="list"),
    path("calendars/new/", views.new, name="new"),
    path("calendars/what-if/", views.what_if, name="what_if"),
    path("calendars/changes/<int:pk>/", views.change, name="change"),
    path("calendars/freezes/", views.freeze_list, name="freezes"),
    path("calendars/freezes/<int:pk>/remove/", views.remove_freeze, name="remove_freeze"),
    path("calendars/<slug:code>/", views.calendar, name="calendar"),
    path("calendars/<slug:code>/edit/", views.edit, name="edit"),
    path("calendars/<slug:code>/days/", views.add_day, name="add_day"),
    path("calendars/<slug:code>/days/<int:pk>/remove/", views.remove_day, name="remove_day"),
    path("calendars/<slug:code>/year/", views.import_year, name="import_year"),
    path("calendars/<slug:code>/known-years/", views.take_years, name="take_years"),
]
