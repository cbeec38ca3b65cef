from django.urls import path

from . import api

app_name = "sync"

urlpatterns = [
    path("api/v1/sync/contact/", api.contact, name="contact"),
    path("api/v1/sync/receipts/", api.receipts, name="receipts"),
    path("api/v1/visits/<str:number>/bundle/", api.bundle, name="bundle"),
    path("api/v1/visits/<str:number>/blobs/<uuid:blob_id>/", api.blob, name="blob"),
    path("api/v1/visits/<str:number>/earlier/<uuid:file_id>/", api.earlier, name="earlier"),
    path("api/v1/visits/<str:number>/packages/", api.packages, name="packages"),
]
