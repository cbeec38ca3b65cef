from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("trip_verb", "lodging", "call", "ask", "go-on", "back", "expense", "hand-in", "pay", "send-back")
app_name = "trips"

urlpatterns = [
    path("visits/<str:number>/business-trip/", views.new, name="new"),
    path("business-trips/", views.trip_list, name="list"),
    path("business-trip-expenses/<str:month>/", views.month, name="month"),
    path("business-trips/<str:number>/", views.trip, name="trip"),
    path("business-trips/<str:number>/<trip_verb:verb>/", views.act_on, name="act"),
    path("business-trips/<str:number>/expenses/<int:pk>/drop/", views.drop_expense, name="drop_expense"),
    path("business-trips/<str:number>/expenses/<int:pk>/receipt/", views.receipt, name="receipt"),
]
