from django.urls import path

from . import views

app_name = "yardsticks"

urlpatterns = [path("yardsticks/", views.edit, name="edit")]
