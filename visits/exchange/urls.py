from django.urls import path

from . import api

app_name = "exchange"

urlpatterns = [
    path("api/v1/customers/", api.Customers.as_view(), name="customers"),
    path("api/v1/customers/<str:number>/", api.OneCustomer.as_view(), name="customer"),
    path("api/v1/sites/", api.Sites.as_view(), name="sites"),
    path("api/v1/equipment/", api.ManyEquipment.as_view(), name="equipment"),
    path("api/v1/equipment/<str:number>/", api.OneEquipment.as_view(), name="one_equipment"),
    path("api/v1/orders/", api.Orders.as_view(), name="orders"),
    path("api/v1/orders/<str:number>/", api.OneOrder.as_view(), name="order"),
    path("api/v1/visits/", api.Visits.as_view(), name="visits"),
    path("api/v1/visits/<str:number>/", api.OneVisit.as_view(), name="visit"),
    path("api/v1/papers/", api.Papers.as_view(), name="papers"),
    path("api/v1/papers/<str:code>/paper.pdf", api.PaperFile.as_view(), name="paper"),
]
