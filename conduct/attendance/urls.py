from django.urls import path

from . import views

app_name = "attendance"

urlpatterns = [
    path("attendance/", views.today, name="today"),
    path("attendance/clock/", views.clock, name="clock"),
    path("attendance/forgotten/", views.forgotten, name="forgotten"),
    path("attendance/entries/<int:pk>/strike/", views.strike, name="strike"),
    path("attendance/<str:month>/", views.month, name="month"),
    path("attendance/<str:month>/people/", views.people, name="people"),
    path("attendance/<str:month>/sheet.xlsx", views.export, name="export"),
    path("leave/", views.leave_list, name="leaves"),
    path("leave/new/", views.new_leave, name="new_leave"),
    path("leave/<str:number>/", views.leave, name="leave"),
    path("leave/<str:number>/consent/", views.consent, name="consent"),
    path("leave/<str:number>/withdraw/", views.withdraw, name="withdraw"),
    path("leave/<str:number>/cancel/", views.cancel, name="cancel"),
]
