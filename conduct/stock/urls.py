from django.urls import path

from . import views

app_name = "stock"

urlpatterns = [
    path("stock/", views.item_list, name="items"),
    path("stock/items/new/", views.edit_item, name="new_item"),
    path("stock/items/<str:number>/", views.item, name="item"),
    path("stock/items/<str:number>/edit/", views.edit_item, name="edit_item"),
    path("stock/places/", views.place_list, name="places"),
    path("stock/places/new/", views.edit_place, name="new_place"),
    path("stock/places/<str:number>/", views.edit_place, name="edit_place"),
    path("stock/slips/", views.slip_list, name="slips"),
    path("stock/slips/new/", views.new_slip, name="new_slip"),
    path("stock/<str:number>/", views.slip, name="slip"),
    path("stock/<str:number>/sheet/", views.sheet, name="sheet"),
    path("stock/<str:number>/reverse/", views.reverse, name="reverse"),
]
