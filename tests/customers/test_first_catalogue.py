"""The statuses and tiers that a new installation starts with."""

import pytest

from core.tones import nearest_tone
from customers.models import Tier, WorkflowStatus

pytestmark = pytest.mark.django_db


def test_new_customers_start_with_onboarding():
    statuses = [(status.name, nearest_tone(status.color), status.position) for status in WorkflowStatus.objects.all()]
    assert statuses == [
        ("Onboarding", "blue", 1),
        ("Active", "green", 2),
        ("At risk", "red", 3),
        ("Paused", "amber", 4),
        ("Churned", "orange", 5),
    ]


def test_tiers_stand_from_the_highest_to_the_lowest():
    tiers = [(tier.name, nearest_tone(tier.color), tier.position) for tier in Tier.objects.all()]
    assert tiers == [
        ("Strategic", "pink", 1),
        ("Enterprise", "violet", 2),
        ("Growth", "blue", 3),
        ("Starter", "teal", 4),
    ]
