from django.urls import path

from . import views

app_name = "imports"

urlpatterns = [
    path("orders/import/", views.upload, name="upload"),
    path("orders/import/sample.xlsx", views.sample_file, name="sample"),
    path("order-imports/<str:number>/", views.detail, name="detail"),
    path("order-imports/<str:number>/discard/", views.discard, name="discard"),
]
