from django.urls import path

from . import views

app_name = "travel"

urlpatterns = [
    path("travel-times/", views.travel_list, name="list"),
    path("travel-times/import/", views.take_over, name="import"),
    path("travel-times/<int:pk>/remove/", views.remove, name="remove"),
]
