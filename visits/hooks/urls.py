from django.urls import path

from . import views

app_name = "hooks"

urlpatterns = [
    path("systems/<str:number>/hooks/", views.hook_list, name="list"),
    path("hooks/<str:number>/", views.hook, name="hook"),
    path("hooks/<str:number>/end/", views.end, name="end"),
    path("hooks/<str:number>/again/", views.all_again, name="all_again"),
    path("hooks/<str:number>/calls/<int:call_id>/again/", views.again, name="again"),
]
