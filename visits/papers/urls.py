from django.urls import path

from . import views

app_name = "papers"

urlpatterns = [
    path("visits/<str:number>/paper.pdf", views.paper, name="paper"),
    path("visits/<str:number>/paper/<int:version>/again/", views.again, name="again"),
    path("visits/<str:number>/record/sheet/", views.sheet, name="sheet"),
    path("verify/", views.verify, name="verify"),
    path("verify/certificates.pem", views.certificates, name="certificates"),
    path("verify/<str:code>/", views.verify_code, name="verify_code"),
]
