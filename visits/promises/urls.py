from django.urls import path

from . import views

app_name = "promises"

urlpatterns = [
    path("promises/", views.promise_list, name="list"),
    path("promises/<str:number>/", views.promise, name="promise"),
    path("promises/<str:number>/settle/", views.settle, name="settle"),
    path("promises/<str:number>/change/", views.change, name="change"),
    path("promises/<str:number>/hand-on/", views.hand_on, name="hand_on"),
    path("sites/<str:number>/promises/new/", views.new, name="new"),
]
