"""What one organisation can see and write of another through every model: nothing. A new model without rows fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from inventory_project.kernel import tenancy
from inventory_project.kernel.errors import NoOrganization
from inventory_project.kernel.sql import rows
from tests.support.companies import Company, build_company
from tests.support.tables import tenant_models


@pytest.fixture(scope="module")
def companies() -> tuple[Company, Company]:
    return build_company("ours"), build_company("theirs")


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
class TestEachModel:
    """Both companies have a row in every table: a model that is empty here needs one in tests.support.companies."""

    def test_shows_one_organisation_only_its_own_rows(self, model: Any, companies: tuple[Company, Company]):
        ours, theirs = (company.organization.id for company in companies)
        with tenancy.scope(ours):
            through_policy = set(model.unscoped.values_list("organization_id", flat=True))
            through_manager = set(model.objects.values_list("organization_id", flat=True))
            asked_for = model.unscoped.filter(organization_id=theirs).count()
        assert (through_policy, through_manager, asked_for) == ({ours}, {ours}, 0)

    def test_shows_nothing_outside_a_scope(self, model: Any, companies: tuple[Company, Company]):
        with pytest.raises(NoOrganization):
            model.objects.count()
        assert model.unscoped.count() == 0

    def test_refuses_to_write_for_another_organisation(self, model: Any, companies: tuple[Company, Company]):
        ours, theirs = (company.organization.id for company in companies)
        with tenancy.scope(ours):
            row = model.unscoped.first()
        row.organization_id = theirs
        with pytest.raises(DatabaseError, match="row-level security|permission denied"), tenancy.scope(ours):
            model.unscoped.bulk_create([row])


def test_an_organisation_sees_itself_only(companies: tuple[Company, Company]):
    ours, _ = companies
    organizations: Any = type(ours.organization)
    assert organizations.objects.count() == 0
    with tenancy.scope(ours.organization.id):
        assert [found.pk for found in organizations.objects.all()] == [ours.organization.id]


def test_a_scope_inside_anothers_scope_is_refused(companies: tuple[Company, Company]):
    ours, theirs = (company.organization.id for company in companies)
    with tenancy.scope(ours), pytest.raises(NoOrganization), tenancy.scope(theirs):
        pass


def test_the_bound_organisation_ends_with_its_transaction(companies: tuple[Company, Company]):
    with tenancy.scope(companies[0].organization.id):
        pass
    assert rows("SELECT NULLIF(current_setting('app.organization', true), '') AS bound", {}) == [{"bound": None}]


def test_a_reference_to_another_organisations_record_is_refused_by_the_database(companies: tuple[Company, Company]):
    ours, theirs = companies
    with (
        pytest.raises(DatabaseError, match="violates foreign key constraint"),
        tenancy.scope(ours.organization.id),
        transaction.atomic(),
    ):
        ours.products[0].__class__.objects.filter(pk=ours.products[0].pk).update(
            category_id=theirs.products[0].category_id
        )
