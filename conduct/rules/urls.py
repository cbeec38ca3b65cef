from django.urls import path

from . import editing, views

app_name = "rules"

urlpatterns = [
    path("rules/", views.rule_list, name="list"),
    path("rules/briefing/", views.briefing, name="briefing"),
    path("rules/readers/", views.readers, name="readers"),
    path("rules/editions/", views.editions, name="editions"),
    path("rules/editions/new/", editing.begin, name="begin"),
    path("rules/editions/<str:edition>/", views.edition, name="edition"),
    path("rules/editions/<str:edition>/rules.yaml", views.export_yaml, name="export_yaml"),
    path("rules/editions/<str:edition>/rules.xlsx", views.export_xlsx, name="export_xlsx"),
    path("rules/editions/<str:edition>/import/", editing.import_file, name="import"),
    path("rules/editions/<str:edition>/publish/", editing.publish, name="publish"),
    path("rules/editions/<str:edition>/discard/", editing.discard, name="discard"),
    path("rules/editions/<str:edition>/new/", editing.new_rule, name="new_rule"),
    path("rules/editions/<str:edition>/<str:code>/", editing.edit_rule, name="edit_rule"),
    path("rules/editions/<str:edition>/<str:code>/remove/", editing.remove_rule, name="remove_rule"),
]
