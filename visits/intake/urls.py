from django.urls import path

from . import views

app_name = "intake"

# "orders/new/" has to be asked before the schedule's "orders/<number>/": this room stands below it.
urlpatterns = [
    path("orders/new/", views.new, name="new"),
    path("orders/find/", views.find, name="find"),
    path("order-templates/", views.template_list, name="templates"),
    path("order-templates/new/", views.edit_template, name="new_template"),
    path("order-templates/<str:number>/", views.edit_template, name="edit_template"),
]
