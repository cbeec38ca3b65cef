from django.urls import path

from . import views

app_name = "schedule"

urlpatterns = [
    path("orders/<str:number>/", views.order, name="order"),
    path("visits/", views.visit_list, name="list"),
    path("visits/<str:number>/propose/", views.propose, name="propose"),
    path("visits/<str:number>/confirm/", views.confirm, name="confirm"),
    path("visits/<str:number>/decline/", views.decline, name="decline"),
    path("visits/<str:number>/counter/", views.counter, name="counter"),
    path("visits/<str:number>/accept-counter/", views.accept_counter, name="accept_counter"),
    path("visits/<str:number>/cancel/", views.cancel, name="cancel"),
    path("visits/<str:number>/missed/", views.missed, name="missed"),
]
