from django.urls import path

from conduct.base.addresses import one_of

from . import views
from .parts import PARTS

one_of("project_part", *PARTS)
one_of("project_move", "close", "reopen")
app_name = "projects"

# The project's own page stands with the visits, which know its orders.
urlpatterns = [
    path("projects/", views.project_list, name="list"),
    path("projects/new/", views.new, name="new"),
    path("projects/<str:number>/edit/", views.edit, name="edit"),
    path("projects/<str:number>/<project_move:to>/", views.change_state, name="change_state"),
    path("projects/<str:number>/<project_part:part>/", views.part, name="part"),
    path("projects/<str:number>/<project_part:part>/new/", views.row, name="new_row"),
    path("projects/<str:number>/<project_part:part>/<int:pk>/", views.row, name="row"),
    path("projects/<str:number>/<project_part:part>/<int:pk>/remove/", views.remove, name="remove"),
]
