from django.urls import path

from . import views

app_name = "stocktaking"

urlpatterns = [
    path("stocktaking/", views.stocktaking_list, name="list"),
    path("stocktaking/new/", views.begin, name="begin"),
    path("stocktaking/<str:number>/", views.stocktaking, name="stocktaking"),
    path("stocktaking/<str:number>/sheet/", views.sheet, name="sheet"),
    path("stocktaking/<str:number>/count/", views.count, name="count"),
    path("stocktaking/<str:number>/add/", views.add, name="add"),
    path("stocktaking/<str:number>/close/", views.close, name="close"),
    path("stocktaking/<str:number>/reopen/", views.reopen, name="reopen"),
    path("stocktaking/<str:number>/explain/", views.explain, name="explain"),
    path("stocktaking/<str:number>/book/", views.book, name="book"),
    path("stocktaking/<str:number>/cancel/", views.cancel, name="cancel"),
]
