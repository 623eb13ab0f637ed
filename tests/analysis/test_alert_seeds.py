"""Who hears about what, as it is written: what may stand there, and what is told of anything else."""

from __future__ import annotations

from datetime import time

import pytest

from analysis.alert_seeds import AlertSeeds, read_alerts
from analysis.errors import SeedError
from analysis.records import EventKind, Language, Pace, QuietHours, Recipient, Rule

WRITTEN = """
recipients:
- id: desk
  channel: desk
  language: fr
  zone: Europe/Paris
  quiet: {start: "22:30", end: "06:30"}
rules:
- id: visits
  recipients: [desk]
  kinds: [visit]
  countries: [ES]
  pace: daily
"""


def test_recipients_and_rules_are_read_as_they_are_written():
    desk = Recipient(
        id="desk",
        channel="desk",
        language=Language.FRENCH,
        zone="Europe/Paris",
        quiet=QuietHours(start=time(22, 30), end=time(6, 30)),
    )
    visits = Rule(id="visits", recipients=("desk",), kinds=(EventKind.VISIT,), countries=("ES",), pace=Pace.DAILY)
    assert read_alerts(WRITTEN, file="alerts.yml") == AlertSeeds(recipients=(desk,), rules=(visits,))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("kinds: [visit]", "kinds: [travel]", "line 11: expected one of visit, agreement, .*, found 'travel'"),
        ("countries: [ES]", "countries: [MX, XX]", "line 12: expected a country code"),
        ("zone: Europe/Paris", "zone: Europe/Pau", "line 6: expected a zone of the tz database"),
        ("channel: desk", "channel: smtp://desk", "line 4: expected small letters, digits and _"),
        ('end: "06:30"', 'end: "24:30"', "line 7: expected a time of day such as 22:30, found '24:30'"),
        ('end: "06:30"', 'end: "22:30"', "expected quiet hours of 'desk' that end"),
        ("recipients: [desk]", "recipients: [nobody]", "expected recipients of 'visits', found 'nobody'"),
        ("recipients: [desk]", "recipients: []", "expected a recipient of 'visits'"),
        ("pace: daily", "least_outlets: 0", "line 13: expected 1 outlet or more"),
        ("pace: daily", "colour: red", "line 13: expected one of the keys .*, found 'colour'"),
        ("rules:", "- {id: desk, channel: a, language: ar}\nrules:", "expected one recipient 'desk', found two"),
    ],
)
def test_what_cannot_be_meant_is_told(right: str, wrong: str, said: str):
    with pytest.raises(SeedError, match=said):
        read_alerts(WRITTEN.replace(right, wrong, 1), file="alerts.yml")
