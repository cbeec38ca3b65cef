from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class OrderMove(StringConverter):
    regex = "open|close|cancel"


register_converter(OrderMove, "order_move")
app_name = "orders"

# The order's own page stands in the schedule, which knows its visits; a new one is told in the intake.
urlpatterns = [
    path("orders/", views.order_list, name="list"),
    path("orders/new/from/<str:ticket>/", views.from_ticket, name="from_ticket"),
    path("orders/<str:number>/photos/<uuid:file_id>/", views.ticket_photo, name="ticket_photo"),
    path("orders/<str:number>/edit/", views.edit, name="edit"),
    path("orders/<str:number>/<order_move:to>/", views.change_state, name="change_state"),
]
