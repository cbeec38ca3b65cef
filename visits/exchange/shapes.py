"""What the API says of things, and what it takes: one serializer a thing, every field named."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from conduct.base.days import iso_minutes
from conduct.customers.models import Contact, Customer, Equipment, Site
from conduct.people.models import Skill
from visits.orders.forms import TRAITS
from visits.orders.models import WorkOrder
from visits.orders.states import Priority, Symptom
from visits.papers.models import Paper
from visits.schedule.models import Visit


@extend_schema_field({"type": "string", "format": "date-time", "nullable": True})
class SiteTime(serializers.Field):
    """An ISO time to the minute with the site's offset, such as 2026-11-24T09:05+08:00."""

    def __init__(self, name, zone, **kwargs):
        super().__init__(source="*", read_only=True, **kwargs)
        self.name, self.zone = name, zone

    def to_representation(self, value):
        moment, zone = getattr(value, self.name), value
        for part in self.zone.split("."):
            zone = getattr(zone, part)
        return iso_minutes(moment, zone) if moment else None


class Moment(serializers.DateTimeField):
    """A time that is told. Without an offset it could mean any zone's, so that it is refused and not guessed."""

    def enforce_timezone(self, value):
        if value.tzinfo is None:
            raise serializers.ValidationError(_("A time needs its offset, such as %(time)s.") % {"time": "2026-12-01T09:00+08:00"})
        return super().enforce_timezone(value)


class CustomerShape(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["number", "name", "short_name", "city", "telephone", "email"]


class SiteShape(serializers.ModelSerializer):
    customer = serializers.CharField(source="customer.number")

    class Meta:
        model = Site
        fields = ["number", "customer", "name", "city", "address", "time_zone", "access_hours"]


class EquipmentShape(serializers.ModelSerializer):
    site = serializers.CharField(source="site.number")

    class Meta:
        model = Equipment
        fields = ["number", "site", "name", "category", "model", "serial", "installed_on", "warranty_until", "is_active"]


class OrderShape(serializers.ModelSerializer):
    customer = serializers.CharField(source="customer.number")
    site = serializers.CharField(source="site.number")
    contact = serializers.CharField(source="contact.name", default=None)
    equipment = serializers.SlugRelatedField("number", many=True, read_only=True)
    skills = serializers.SlugRelatedField("code", many=True, read_only=True)
    certified = serializers.SlugRelatedField("code", many=True, read_only=True)
    scope = serializers.SlugRelatedField("text", many=True, read_only=True)
    wanted_from = SiteTime("wanted_from", "site.time_zone")
    wanted_to = SiteTime("wanted_to", "site.time_zone")
    change_from = SiteTime("change_from", "site.time_zone")
    change_to = SiteTime("change_to", "site.time_zone")
    created_at = SiteTime("created_at", "site.time_zone")
    visits = serializers.SlugRelatedField("number", many=True, read_only=True)

    class Meta:
        model = WorkOrder
        fields = [
            "number", "state", "customer", "site", "contact", "reference", "equipment", "reported_fault", "symptom", "stated_cause", "scope", "traits",
            "wanted_from", "wanted_to", "change_from", "change_to", "priority", "duration_minutes", "skills", "certified", "created_at",
            "visits",
        ]  # fmt: skip


class VisitShape(serializers.ModelSerializer):
    order = serializers.CharField(source="order.number")
    customer = serializers.CharField(source="order.customer.number")
    site = serializers.CharField(source="order.site.number")
    engineer = serializers.CharField(source="engineer.number")
    planned_start = SiteTime("planned_start", "order.site.time_zone")
    planned_end = SiteTime("planned_end", "order.site.time_zone")

    class Meta:
        model = Visit
        fields = [
            "number", "record_number", "state", "order", "customer", "site", "engineer", "planned_start", "planned_end", "plan_version",
            "traits",
        ]  # fmt: skip


class PaperShape(serializers.ModelSerializer):
    visit = serializers.CharField(source="sign_off.visit.number")
    sealed_at = SiteTime("sealed_at", "sign_off.visit.order.site.time_zone")

    class Meta:
        model = Paper
        fields = ["code", "number", "version", "visit", "state", "sha256", "pages", "sealed_at"]


class NewOrder(serializers.Serializer):
    """A work order that another program raises. Times carry an offset. `another_matter` as in the form."""

    site = serializers.SlugRelatedField("number", queryset=Site.objects.select_related("customer"))
    contact = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text="name of a contact of the site")
    reference = serializers.CharField(max_length=60, required=False, allow_blank=True, default="", help_text="the customer's own number of the matter")
    equipment = serializers.ListField(child=serializers.CharField(max_length=12), required=False, default=list, max_length=50)
    reported_fault = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")
    symptom = serializers.ChoiceField(Symptom.choices, required=False, allow_blank=True, default="")
    scope = serializers.ListField(child=serializers.CharField(max_length=300), min_length=1, max_length=30)
    traits = serializers.ListField(child=serializers.ChoiceField(TRAITS), required=False, default=list)
    wanted_from = Moment(required=False, allow_null=True, default=None)
    wanted_to = Moment(required=False, allow_null=True, default=None)
    priority = serializers.ChoiceField(Priority.choices, required=False, default=Priority.NORMAL.value)
    duration_minutes = serializers.IntegerField(min_value=15, max_value=30 * 24 * 60, required=False, allow_null=True, default=None)
    change_from = Moment(required=False, allow_null=True, default=None)
    change_to = Moment(required=False, allow_null=True, default=None)
    skills = serializers.SlugRelatedField("code", many=True, queryset=Skill.objects.all(), required=False, default=list)
    certified = serializers.SlugRelatedField("code", many=True, queryset=Skill.objects.all(), required=False, default=list)
    another_matter = serializers.BooleanField(required=False, default=False)

    def validate(self, data):
        site, wrong = data["site"], {}
        if name := data.pop("contact", ""):
            data["contact"] = Contact.objects.filter(site=site, name=name, is_active=True).first()
            if data["contact"] is None:
                wrong["contact"] = [_("this site has no contact “%(name)s”") % {"name": name}]
        known = {item.number: item for item in Equipment.objects.filter(site=site, number__in=data["equipment"], is_active=True)}
        if strange := [number for number in data["equipment"] if number not in known]:
            wrong["equipment"] = [_("this site has no equipment %(number)s") % {"number": ", ".join(strange)}]
        if data["wanted_from"] and data["wanted_to"] and data["wanted_to"] <= data["wanted_from"]:
            wrong["wanted_to"] = [_("The wanted window ends before it begins.")]
        start, end = data["change_from"], data["change_to"]
        if (start or end) and not (start and end and end > start):
            wrong["change_to"] = [_("The change window needs a beginning and a later end.")]
        if wrong:
            raise serializers.ValidationError(wrong)
        return data | {"equipment": list(known.values())}
