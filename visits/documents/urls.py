from django.urls import path

from . import views

app_name = "documents"

urlpatterns = [
    path("visits/<str:number>/documents/new/", views.new, name="new"),
    path("documents/<str:number>/", views.document, name="document"),
    path("documents/<str:number>/open/", views.open_it, name="open"),
    path("documents/<str:number>/withdraw/", views.withdraw, name="withdraw"),
]
