from django.urls import path

from . import views

app_name = "customers"

urlpatterns = [
    path("customers/", views.customer_list, name="customer_list"),
    path("customers/new/", views.new_customer, name="new_customer"),
    path("customers/<str:number>/", views.customer, name="customer"),
    path("customers/<str:number>/edit/", views.edit_customer, name="edit_customer"),
    path("sites/", views.site_list, name="site_list"),
    path("sites/new/", views.new_site, name="new_site"),
    path("sites/<str:number>/", views.site, name="site"),
    path("sites/<str:number>/edit/", views.edit_site, name="edit_site"),
    path("sites/<str:number>/contacts/new/", views.contact, name="new_contact"),
    path("sites/<str:number>/contacts/<int:pk>/", views.contact, name="edit_contact"),
    path("equipment/", views.equipment_list, name="equipment_list"),
    path("equipment/new/", views.new_equipment, name="new_equipment"),
    path("equipment/<str:number>/", views.equipment, name="equipment"),
    path("equipment/<str:number>/edit/", views.edit_equipment, name="edit_equipment"),
]
