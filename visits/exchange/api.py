"""The API for other programs. Every route asks the token's scope first and then the same queries as the pages."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from conduct.base.access import get_or_404
from conduct.base.paging import keyset
from conduct.customers.queries import customers_for, equipment_for, search_customers, sites_for
from conduct.files.queries import serve
from conduct.people.access import Permission, sees_all
from conduct.systems.actions import once
from conduct.systems.states import Scope
from conduct.systems.tokens import InScope, PerSystem, Token
from visits.intake.actions import take_in
from visits.orders.models import WorkOrder
from visits.orders.queries import order_page
from visits.orders.states import OrderState
from visits.papers.models import Paper
from visits.papers.states import PaperState
from visits.schedule.queries import visit_page, visits_for
from visits.schedule.states import VisitState

from .shapes import CustomerShape, EquipmentShape, NewOrder, OrderShape, PaperShape, SiteShape, VisitShape

PLAIN = (
    "site", "contact", "reference", "reported_fault", "symptom", "traits", "wanted_from", "wanted_to", "change_from", "change_to",
    "priority", "duration_minutes",
)  # fmt: skip
MOMENTS = ("from", "until")
AFTER = OpenApiParameter("after", str, description="the place from `next` of the page before")
KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description="at most 80 characters; the same key gets the same answer"
)


class Route(APIView):
    """`scope` guards reading, `write_scope` everything else. `filters` are {what the address asks: the field that has to fit},
    `choices` the values that one of them may have. What nobody reads is refused, not passed over."""

    authentication_classes = [Token]
    permission_classes = [IsAuthenticated, InScope]
    throttle_classes = [PerSystem]
    write_scope = None
    order = ("-created_at", "-id")
    filters, choices = {}, {}

    def rows(self, user):
        raise LookupError("a route says what its rows are")

    def page(self, request):
        """One page of what fits the filters of the address."""
        asked = {name: value for name, value in request.query_params.items() if name != "after"}
        if wrong := {name: [why] for name, value in asked.items() if (why := self.refusal(name, value))}:
            raise ValidationError(wrong)
        rows = self.rows(request.user)
        for name, value in asked.items():
            if value and self.filters[name]:
                rows = rows.filter(**{self.filters[name]: parse_datetime(value) if name in MOMENTS else value})
        page = keyset(rows, request, order=self.order)
        if request.query_params.get("after") and not page.first:
            raise ValidationError({"after": ["this is no place of this list"]})
        return Response({"results": self.shape(page.rows, many=True).data, "next": page.next})


    def refusal(self, name, value):
        """Why this part of the address cannot be taken; nothing when it can."""
        if name not in self.filters:
            return f"there is no such filter; there are: {', '.join([*self.filters, 'after'])}"
        if value and value not in self.choices.get(name, [value]):
            return f"one of: {', '.join(self.choices[name])}"
        if value and name in MOMENTS and not _is_moment(value):
            return "a time with an offset, such as 2026-12-01T00:00+08:00"
        return ""


def _is_moment(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return False
    return moment is not None and moment.tzinfo is not None


def described(shape, name, filters=(), **more):
    """The OpenAPI description of a list; `more` are fields of its answer besides the page."""
    answer = inline_serializer(f"{name}Page", {"results": shape(many=True), "next": serializers.CharField(allow_null=True), **more})
    return extend_schema(operation_id=f"list_{name.lower()}", parameters=[AFTER, *(OpenApiParameter(one, str) for one in filters)], responses=answer)


class Customers(Route):
    scope, shape, order, filters = Scope.CUSTOMERS_READ, CustomerShape, ("name", "id"), {"q": ""}

    def rows(self, user):
        rows, self.more = search_customers(user, self.request.query_params.get("q", ""))
        return rows

    @described(CustomerShape, "Customers", filters, more=serializers.BooleanField(help_text="more fit than were looked at: ask for more words"))
    def get(self, request):
        answer = self.page(request)
        answer.data["more"] = self.more
        return answer


class OneCustomer(Route):
    scope = Scope.CUSTOMERS_READ

    @extend_schema(responses=CustomerShape)
    def get(self, request, number):
        return Response(CustomerShape(get_or_404(customers_for(request.user), number=number)).data)


class Sites(Route):
    scope, shape, order, filters = Scope.CUSTOMERS_READ, SiteShape, ("name", "id"), {"customer": "customer__number"}

    def rows(self, user):
        return sites_for(user)

    @described(SiteShape, "Sites", filters)
    def get(self, request):
        return self.page(request)


class ManyEquipment(Route):
    scope, shape, order = Scope.EQUIPMENT_READ, EquipmentShape, ("name", "id")
    filters = {"site": "site__number", "customer": "site__customer__number"}

    def rows(self, user):
        return equipment_for(user)

    @described(EquipmentShape, "Equipment", filters)
    def get(self, request):
        return self.page(request)


class OneEquipment(Route):
    scope = Scope.EQUIPMENT_READ

    @extend_schema(responses=EquipmentShape)
    def get(self, request, number):
        return Response(EquipmentShape(get_or_404(equipment_for(request.user), number=number)).data)


def orders_of(user):
    visits = Prefetch("visits", visits_for(user).order_by("id"))
    return order_page(user).prefetch_related("equipment", "skills", "certified", "scope", visits)


class Orders(Route):
    scope, write_scope, shape = Scope.ORDERS_READ, Scope.ORDERS_WRITE, OrderShape
    filters = {
        "state": "state", "customer": "customer__number", "site": "site__number", "reference": "reference", "from": "created_at__gte",
        "until": "created_at__lt",
    }  # fmt: skip
    choices = {"state": OrderState.values}

    def rows(self, user):
        return orders_of(user)

    @described(OrderShape, "Orders", filters)
    def get(self, request):
        return self.page(request)

    @extend_schema(parameters=[KEY], request=NewOrder, responses={201: OrderShape, 400: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT})
    def post(self, request):
        """Raise a work order, once for each key. 409 when an open order is likely the same matter, or the key was used otherwise."""
        if not request.user.may(Permission.EDIT_ORDERS):
            raise NotFound
        key = request.headers.get("Idempotency-Key", "").strip()
        if not 0 < len(key) <= 80:
            raise ValidationError({"Idempotency-Key": ["a header of 1 to 80 characters is needed"]})
        at = timezone.now()
        status, answer = once(system=request.auth, key=key, body=request.data, doing=lambda: _raise(request, at), at=at)
        return Response(answer, status=status)


def _raise(request, at):
    form = NewOrder(data=request.data)
    form.is_valid(raise_exception=True)
    told = form.validated_data
    order = WorkOrder(**{name: told[name] for name in PLAIN if name in told})
    needs = {name: told[name] for name in ("equipment", "scope", "skills", "certified", "another_matter")}
    order = take_in(order=order, by=request.user, at=at, **needs)
    return 201, dict(OrderShape(orders_of(request.user).get(pk=order.pk)).data)


class OneOrder(Route):
    scope = Scope.ORDERS_READ

    @extend_schema(responses=OrderShape)
    def get(self, request, number):
        return Response(OrderShape(get_or_404(orders_of(request.user), number=number)).data)


class Visits(Route):
    scope, shape, order = Scope.VISITS_READ, VisitShape, ("-planned_start", "-id")
    filters = {
        "state": "state", "engineer": "engineer__number", "order": "order__number", "customer": "order__customer__number",
        "from": "planned_start__gte", "until": "planned_start__lt",
    }  # fmt: skip
    choices = {"state": VisitState.values}

    def rows(self, user):
        return visit_page(user)

    @described(VisitShape, "Visits", filters)
    def get(self, request):
        return self.page(request)


class OneVisit(Route):
    scope = Scope.VISITS_READ

    @extend_schema(responses=VisitShape)
    def get(self, request, number):
        return Response(VisitShape(get_or_404(visit_page(request.user), number=number)).data)


def papers_for(user):
    """Every paper, for who sees all of them; a program acts for headquarters or for nobody."""
    rows = Paper.objects.select_related("sign_off__visit__order__site", "file")
    return rows if sees_all(user, Permission.SEE_PAPERS) else rows.none()


class Papers(Route):
    scope, shape, order, filters = Scope.PAPERS_READ, PaperShape, ("-id",), {"visit": "sign_off__visit__number", "state": "state"}
    choices = {"state": PaperState.values}

    def rows(self, user):
        return papers_for(user)

    @described(PaperShape, "Papers", filters)
    def get(self, request):
        return self.page(request)


class PaperFile(Route):
    scope = Scope.PAPERS_READ

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request, code):
        """The sealed PDF. One whose people were erased is not handed to a program."""
        here = papers_for(request.user).exclude(file=None).filter(sign_off__restricted_at=None)
        return serve(get_or_404(here, code=code).file)
