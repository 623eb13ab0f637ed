-- What people put right, for analysts and as labelled data.
CREATE OR REPLACE VIEW analyst.event_acts AS
SELECT event_id AS event, action, done_by, facts, done_at FROM event_log WHERE event_id IS NOT NULL;
COMMENT ON VIEW analyst.event_acts IS 'What rules and people did to events: merge, split, retract, restore, correct, confirm';

CREATE VIEW analyst.corrections AS
SELECT event_log.id AS correction, coalesce(events.merged_into_id, events.id) AS event, event_log.article_id AS article,
    event_log.action, event_log.done_by, event_log.done_at, event_log.facts ->> 'because' AS because,
    event_log.facts -> 'was' AS was, event_log.facts -> 'is' AS is_now, event_log.facts -> 'released' AS released, event_log.facts -> 'rules' AS rules,
    event_log.facts -> 'reports' AS reports,
    CASE event_log.action
        WHEN 'merge' THEN (event_log.facts ->> 'into')::bigint WHEN 'split' THEN (event_log.facts ->> 'from')::bigint
    END AS other_event
FROM event_log LEFT JOIN events ON events.id = event_log.event_id
WHERE event_log.done_by <> 'rule';
COMMENT ON VIEW analyst.corrections IS 'What people put right or confirmed, with what the rules had said: labelled data';
COMMENT ON COLUMN analyst.corrections.correction IS 'number of the correction, in their order';
COMMENT ON COLUMN analyst.corrections.event IS 'the event, as it is numbered today; null: tags of an article';
COMMENT ON COLUMN analyst.corrections.article IS 'the article whose tags or relevance were put right; null: an event';
COMMENT ON COLUMN analyst.corrections.action IS 'correct, confirm, retract, restore, merge, split or tag';
COMMENT ON COLUMN analyst.corrections.done_by IS 'the name of the person';
COMMENT ON COLUMN analyst.corrections.done_at IS 'when';
COMMENT ON COLUMN analyst.corrections.because IS 'why, in his or her words';
COMMENT ON COLUMN analyst.corrections.was IS 'each fact that was fixed, as it stood before';
COMMENT ON COLUMN analyst.corrections.is_now IS 'the same facts as the person fixed them; tags as kind:id, added and removed';
COMMENT ON COLUMN analyst.corrections.released IS 'facts of which all that was fixed was taken back';
COMMENT ON COLUMN analyst.corrections.rules IS 'all facts as the rules made them of the reports at that moment; tags as kind:id';
COMMENT ON COLUMN analyst.corrections.reports IS 'what the reports said at that moment, each with its sentence';
COMMENT ON COLUMN analyst.corrections.other_event IS 'of a merge the event that was kept; of a split the one it was taken from';
