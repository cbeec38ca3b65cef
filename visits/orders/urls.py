from django.urls import path

from conduct.base.addresses import one_of

from . import views

one_of("order_move", "open", "close", "cancel")
app_name = "orders"

# The order's own page stands in the schedule, which knows its visits; a new one is told in the intake.
urlpatterns = [
    path("orders/", views.order_list, name="list"),
    path("orders/new/from/<str:ticket>/", views.from_ticket, name="from_ticket"),
    path("orders/<str:number>/photos/<uuid:file_id>/", views.ticket_photo, name="ticket_photo"),
    path("orders/<str:number>/edit/", views.edit, name="edit"),
    path("orders/<str:number>/<order_move:to>/", views.change_state, name="change_state"),
]
