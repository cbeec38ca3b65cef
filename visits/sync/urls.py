from django.urls import path

from . import api, views

app_name = "sync"

urlpatterns = [
    path("sync/", views.overview, name="overview"),
    path("sync/import/", views.import_page, name="import"),
    path("sync/laptops/<uuid:device_id>/", views.laptop, name="laptop"),
    path("sync/entries/<uuid:entry_id>/", views.entry, name="entry"),
    path("sync/unreadable/<int:pk>/", views.unreadable, name="unreadable"),
    path("api/v1/sync/sealed/", api.sealed, name="sealed"),
    path("api/v1/sync/contact/", api.contact, name="contact"),
    path("api/v1/sync/receipts/", api.receipts, name="receipts"),
    path("api/v1/visits/<str:number>/bundle/", api.bundle, name="bundle"),
    path("api/v1/visits/<str:number>/blobs/<uuid:blob_id>/", api.blob, name="blob"),
    path("api/v1/visits/<str:number>/earlier/<uuid:file_id>/", api.earlier, name="earlier"),
    path("api/v1/visits/<str:number>/packages/", api.packages, name="packages"),
]
