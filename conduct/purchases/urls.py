from django.urls import path

from . import views

app_name = "purchases"

urlpatterns = [
    path("purchases/", views.purchase_list, name="list"),
    path("purchases/new/", views.new, name="new"),
    path("purchases/policy/", views.policy, name="policy"),
    path("purchases/<str:number>/", views.purchase, name="purchase"),
    path("purchases/<str:number>/edit/", views.edit, name="edit"),
    path("purchases/<str:number>/quotes/", views.add_quote, name="add_quote"),
    path("purchases/<str:number>/quotes/<int:pk>/", views.quote_file, name="quote_file"),
    path("purchases/<str:number>/quotes/<int:pk>/drop/", views.drop_quote, name="drop_quote"),
    path("purchases/<str:number>/quotes/<int:pk>/choose/", views.choose, name="choose"),
    path("purchases/<str:number>/ask/", views.ask, name="ask"),
    path("purchases/<str:number>/order/", views.order, name="order"),
    path("purchases/<str:number>/receive/", views.receive, name="receive"),
    path("purchases/<str:number>/cancel/", views.cancel, name="cancel"),
]
