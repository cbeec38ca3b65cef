from django.urls import path

from . import views

app_name = "stock"

urlpatterns = [
    path("stock/places/", views.place_list, name="places"),
    path("stock/places/new/", views.edit_place, name="new_place"),
    path("stock/places/<str:number>/", views.edit_place, name="edit_place"),
]
