from django.urls import path

from . import views

app_name = "feeds"

urlpatterns = [
    path("feeds/", views.feeds, name="list"),
    path("feeds/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("feeds/<str:secret>.ics", views.read, name="read"),
]
