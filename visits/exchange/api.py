"""The API for other programs. Every route asks the token's scope first and then the same queries as the pages."""

from django.utils import timezone
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
from visits.papers.models import Paper
from visits.schedule.queries import visit_page

from .shapes import CustomerShape, EquipmentShape, NewOrder, OrderShape, PaperShape, SiteShape, VisitShape

PLAIN = (
    "site", "contact", "reported_fault", "symptom", "traits", "wanted_from", "wanted_to", "priority", "duration_minutes",
)  # fmt: skip
AFTER = OpenApiParameter("after", str, description="the place from `next` of the page before")
KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description="at most 80 characters; the same key gets the same answer"
)


class Route(APIView):
    """`scope` guards reading, `write_scope` everything else."""

    authentication_classes = [Token]
    permission_classes = [IsAuthenticated, InScope]
    throttle_classes = [PerSystem]
    write_scope = None
    order = ("-created_at", "-id")
    filters = {}

    def rows(self, user):
        raise LookupError("a route says what its rows are")

    def page(self, request):
        """One page of what fits the filters of the address."""
        rows = self.rows(request.user)
        for name, field in self.filters.items():
            if value := request.query_params.get(name):
                rows = rows.filter(**{field: value})
        page = keyset(rows, request, order=self.order)
        return Response({"results": self.shape(page.rows, many=True).data, "next": page.next})


def described(shape, name, filters=()):
    """The OpenAPI description of a list."""
    answer = inline_serializer(f"{name}Page", {"results": shape(many=True), "next": serializers.CharField(allow_null=True)})
    return extend_schema(operation_id=f"list_{name.lower()}", parameters=[AFTER, *(OpenApiParameter(one, str) for one in filters)], responses=answer)


class Customers(Route):
    scope, shape, order = Scope.CUSTOMERS_READ, CustomerShape, ("name", "id")

    def rows(self, user):
        return search_customers(user, self.request.query_params.get("q", ""))[0]

    @described(CustomerShape, "Customers", ["q"])
    def get(self, request):
        return self.page(request)


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
    return order_page(user).prefetch_related("equipment", "skills", "scope", "visits")


class Orders(Route):
    scope, write_scope, shape = Scope.ORDERS_READ, Scope.ORDERS_WRITE, OrderShape
    filters = {"state": "state", "customer": "customer__number", "site": "site__number"}

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
    needs = {name: told[name] for name in ("equipment", "scope", "skills", "another_matter")}
    order = take_in(order=order, by=request.user, at=at, **needs)
    return 201, dict(OrderShape(orders_of(request.user).get(pk=order.pk)).data)


class OneOrder(Route):
    scope = Scope.ORDERS_READ

    @extend_schema(responses=OrderShape)
    def get(self, request, number):
        return Response(OrderShape(get_or_404(orders_of(request.user), number=number)).data)


class Visits(Route):
    scope, shape, order = Scope.VISITS_READ, VisitShape, ("-planned_start", "-id")
    filters = {"state": "state", "engineer": "engineer__number", "order": "order__number", "customer": "order__customer__number"}

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
