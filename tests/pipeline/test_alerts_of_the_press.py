"""The sample press makes the alerts a careful desk would send: one for each new visit and agreement, no others."""

from __future__ import annotations

from alerted_press import events_of, read_press, sent_firsts, true_firsts
from sqlalchemy import Engine

from cli.sample_press import serve


def test_each_event_that_a_default_rule_covers_is_told_once_to_each_recipient(engine: Engine) -> None:
    with serve(port=0) as press:
        read_press(engine, press)
        firsts, wanted = sent_firsts(engine), true_firsts(press)
        told = [(to, sorted(events_of(alert, press) & wanted)) for to, alert in firsts]
    assert sorted(told) == sorted(("desk", [name]) for name in wanted)
