from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("decision", "again", "arrived", "cancel")
app_name = "outbox"

urlpatterns = [
    path("deliveries/", views.delivery_list, name="list"),
    path("deliveries/<str:number>/", views.detail, name="detail"),
    path("deliveries/<str:number>/<decision:what>/", views.decide, name="decide"),
    path("channels/", views.channels, name="channels"),
    path("channels/<slug:code>/test/", views.test, name="test"),
]
