"""A customer is found by what the caller says: a piece of the name, its initials, a telephone, a number."""

import pytest

from conduct.customers import actions
from conduct.customers.erasing import erase
from conduct.customers.finding import terms_of, words_of
from conduct.customers.models import Contact, Customer, Equipment, Site
from conduct.customers.queries import find_equipment, find_sites


@pytest.mark.parametrize(
    "typed",
    ["南京市第一中学", "第一中", "一中学", "njsdyzx", "DYZX", "025-84421234", "02584421234", "8442", "1234", "C-0001", "李喆", "lz", "第一 李", "南京 dyzx", "（南京）"],
)  # fmt: skip
def test_found_by_what_somebody_types(chen, at, school, typed):
    assert find_sites(chen, typed) == ([school], False)


@pytest.mark.parametrize("typed", ["", "  ", "·", "第三", "xyz", "第一 王", "84421235", "%", "_", "'; --"])
def test_nobody_is_found_by_anything_else(chen, at, school, typed):
    assert find_sites(chen, typed) == ([], False)


@pytest.fixture
def school(chen, at):
    customer = actions.save(thing=Customer(name="南京市第一中学", city="南京", telephone="025-84421234"), by=chen, at=at)
    site = actions.save(thing=Site(customer=customer, name="本部机房", city="南京"), by=chen, at=at)
    actions.save_contact(contact=Contact(site=site, name="李喆", telephone="13912345678"), by=chen, at=at)
    return site


def test_a_new_name_and_a_contact_who_left_are_followed(chen, at, school):
    customer, contact = school.customer, school.contacts.get()
    customer.name, contact.is_active = "金陵中学", False
    actions.save(thing=customer, before=Customer.objects.get(pk=customer.pk), by=chen, at=at)
    actions.save_contact(contact=contact, by=chen, at=at)

    assert [bool(find_sites(chen, typed)[0]) for typed in ("第一中", "李喆", "金陵", "jlzx")] == [False, False, True, True]


def test_somebody_who_was_erased_is_found_by_nothing(chen, at, school):
    person = school.contacts.get()
    school.supervisor_name, school.supervisor_telephone = person.name, "025-52001234"
    actions.save(thing=school, before=Site.objects.get(), by=chen, at=at)
    assert find_sites(chen, "52001234")[0]

    erase(contact=person, by=chen, at=at)

    assert not school.words.filter(word__in=["李喆", "lz", "13912345678", "5678", "52001234"]).exists()


def test_equipment_is_found_by_its_number_and_its_serial(chen, at, school):
    switch = actions.save(thing=Equipment(site=school, name="核心交换机", serial="2102351ABC"), by=chen, at=at)

    assert find_equipment(chen, "eq-0000") == find_equipment(chen, "2102351abc") == [switch]
    assert find_equipment(chen, "2102351") == find_equipment(chen, "EQ") == []


def test_more_than_fits_is_said(chen, at):
    for place in range(4):
        customer = actions.save(thing=Customer(name=f"苏州第{place}医院", city="苏州"), by=chen, at=at)
        actions.save(thing=Site(customer=customer, name="机房", city="苏州"), by=chen, at=at)

    sites, more = find_sites(chen, "苏州", most=3)

    assert (len(sites), more) == (3, True)
    assert find_sites(chen, "第2")[1] is False


def test_two_words_begin_with_the_rarer_one(chen, at, monkeypatch):
    monkeypatch.setattr("conduct.customers.queries.LOOKED_AT", 3)
    for place in range(5):
        customer = actions.save(thing=Customer(name=f"苏州第{place}医院", city="苏州"), by=chen, at=at)
        site = actions.save(thing=Site(customer=customer, name="机房", city="苏州"), by=chen, at=at)

    assert find_sites(chen, "苏州 第4") == ([site], False)
    assert find_sites(chen, "苏州 机房")[1] is True  # both are common: it says so


def test_where_there_is_no_site_nothing_more_fits(chen):
    assert find_sites(chen, "苏州 机房") == ([], False)


def test_somebody_who_sees_no_customers_finds_none(stranger, school):
    assert find_sites(stranger, "南京")[0] == []


def test_words_of_names_with_letters_and_telephones():
    assert {"ibm中国", "中国", "ibmzg", "zg"} <= words_of(names=["IBM 中国"])
    assert words_of(telephones=["+86 138 1234 5678"]) == {"13812345678", "5678"}
    assert {"62345678", "01062345678801"} <= words_of(telephones=["010-62345678转801"])
    assert words_of(telephones=["—", "12"], names=["", "··"], numbers=[""]) == set()


def test_terms_are_few_and_the_longest_leads():
    assert terms_of("ｎｊ 第一中学 a b c") == ["第一中学", "nj", "a", "b"]
