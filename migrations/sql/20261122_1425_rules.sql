-- What each rule asks for, and to nobody's address: recipients, channels and their secrets stay where they are.
CREATE VIEW analyst.alert_rules AS
SELECT id AS rule,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'kinds', '[]'))) AS kinds,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'directions', '[]'))) AS directions,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'countries', '[]'))) AS countries,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'people', '[]'))) AS people,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'bodies', '[]'))) AS bodies,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'tags', '[]'))) AS themes,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'languages', '[]'))) AS languages,
    ARRAY(SELECT jsonb_array_elements_text(coalesce(entry -> 'told', '["news"]'))) AS told,
    coalesce((entry ->> 'least_outlets')::integer, 2) AS least_outlets,
    coalesce((entry ->> 'trusts_tier_one')::boolean, true) AS trusts_tier_one,
    coalesce(entry ->> 'pace', 'at_once') AS pace
FROM alert_rules;
COMMENT ON VIEW analyst.alert_rules IS 'What each alert rule asks of an event: one of each list that is not empty; never who is told';
COMMENT ON COLUMN analyst.alert_rules.rule IS 'its name, as alerts_sent.because has it';
COMMENT ON COLUMN analyst.alert_rules.kinds IS 'kinds of event; empty: any';
COMMENT ON COLUMN analyst.alert_rules.directions IS 'of visits: outbound, inbound; empty: either';
COMMENT ON COLUMN analyst.alert_rules.countries IS 'ISO 3166-1 alpha-2; empty: any';
COMMENT ON COLUMN analyst.alert_rules.people IS 'ids of names; empty: anybody';
COMMENT ON COLUMN analyst.alert_rules.bodies IS 'ids of names; empty: any';
COMMENT ON COLUMN analyst.alert_rules.themes IS 'themes of the articles that tell of it; empty: any';
COMMENT ON COLUMN analyst.alert_rules.languages IS 'of the articles that tell of it; empty: any';
COMMENT ON COLUMN analyst.alert_rules.told IS 'how it must be told: news, announced, recalled';
COMMENT ON COLUMN analyst.alert_rules.least_outlets IS 'by how many outlets at the least';
COMMENT ON COLUMN analyst.alert_rules.trusts_tier_one IS 'or by one of tier 1';
COMMENT ON COLUMN analyst.alert_rules.pace IS 'at once, daily or weekly';
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_analyst') THEN
        GRANT SELECT ON analyst.alert_rules TO marsad_analyst;
    END IF;
END
$$;

-- A story that proved to be part of another keeps its number, which leads there.
CREATE VIEW analyst.merged_stories AS
SELECT id AS story, merged_into_id AS kept FROM stories WHERE merged_into_id IS NOT NULL;
COMMENT ON VIEW analyst.merged_stories IS 'Stories that proved to be part of another, which has their articles';
COMMENT ON COLUMN analyst.merged_stories.story IS 'number of the story that was';
COMMENT ON COLUMN analyst.merged_stories.kept IS 'number of the one that has its articles; it too may have been merged since';
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_analyst') THEN
        GRANT SELECT ON analyst.merged_stories TO marsad_analyst;
    END IF;
END
$$;
