from django.urls import path

from . import views

app_name = "informing"

urlpatterns = [path("visits/<str:number>/customer-notices/<str:notice>/", views.note, name="note")]
