-- What analysts read: every view and column with a comment. No raw page, no rule, no secret.
CREATE SCHEMA analyst;
COMMENT ON SCHEMA analyst IS 'marsad for analysts: documented views and functions; see docs/analyst-guide.md';

CREATE VIEW analyst.sources AS
SELECT id AS source, name, name_ar, country, home, kind, tier, languages,
    entry ->> 'closed' IS NULL AND retired_at IS NULL AS is_followed
FROM sources;
COMMENT ON VIEW analyst.sources IS 'The outlets marsad knows';
COMMENT ON COLUMN analyst.sources.source IS 'short name, as every other view calls it';
COMMENT ON COLUMN analyst.sources.name IS 'name in Latin script';
COMMENT ON COLUMN analyst.sources.name_ar IS 'name in Arabic script';
COMMENT ON COLUMN analyst.sources.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN analyst.sources.home IS 'address of its first page';
COMMENT ON COLUMN analyst.sources.kind IS 'what sort of outlet, such as agency or daily';
COMMENT ON COLUMN analyst.sources.tier IS '1 core of the topic … 4 context only';
COMMENT ON COLUMN analyst.sources.languages IS 'ISO 639-1';
COMMENT ON COLUMN analyst.sources.is_followed IS 'false for one that is listed only, or was given up';

CREATE VIEW analyst.articles AS
SELECT articles.id AS article, articles.source_id AS source, coalesce(stories.merged_into_id, stories.id) AS story,
    articles.language, articles.title, articles.subtitle, articles.text, articles.author, articles.section,
    articles.url, articles.published_on, articles.published_at, articles.published_sure,
    coalesce(articles.published_on, pages.fetched_at::date) AS told_on, pages.fetched_at,
    articles.words, articles.score, articles.because, articles.copy_kind, articles.copy_share,
    articles.copy_of_article_id AS copy_of, articles.copy_of_seed_id AS copy_of_seed, articles.revises_id AS revises
FROM articles
JOIN pages ON pages.id = articles.page_id
JOIN stories ON stories.id = articles.story_id
WHERE articles.is_current;
COMMENT ON VIEW analyst.articles IS 'Articles on security diplomacy as their pages say them today, copies among them';
COMMENT ON COLUMN analyst.articles.article IS 'number of the article';
COMMENT ON COLUMN analyst.articles.source IS 'the outlet';
COMMENT ON COLUMN analyst.articles.story IS 'number of the story it tells';
COMMENT ON COLUMN analyst.articles.language IS 'ISO 639-1, or und';
COMMENT ON COLUMN analyst.articles.title IS 'headline';
COMMENT ON COLUMN analyst.articles.subtitle IS 'line below the headline';
COMMENT ON COLUMN analyst.articles.text IS 'paragraphs parted by one line feed, without the title';
COMMENT ON COLUMN analyst.articles.author IS 'who signed it';
COMMENT ON COLUMN analyst.articles.section IS 'part of the outlet it stands in';
COMMENT ON COLUMN analyst.articles.url IS 'where it was read';
COMMENT ON COLUMN analyst.articles.published_on IS 'day of publication as the page proves it';
COMMENT ON COLUMN analyst.articles.published_at IS 'the moment, where the page gives it';
COMMENT ON COLUMN analyst.articles.published_sure IS 'how sure the day is: agreed, stated, weak';
COMMENT ON COLUMN analyst.articles.told_on IS 'day of publication, else of the fetch';
COMMENT ON COLUMN analyst.articles.fetched_at IS 'when marsad read the page';
COMMENT ON COLUMN analyst.articles.words IS 'length of the text';
COMMENT ON COLUMN analyst.articles.score IS 'how much it is about security diplomacy, 0 to 1';
COMMENT ON COLUMN analyst.articles.because IS 'the phrases that made the score';
COMMENT ON COLUMN analyst.articles.copy_kind IS 'same, edited, excerpt or contains; null: a text of its own';
COMMENT ON COLUMN analyst.articles.copy_share IS 'share of the shorter text that stands in the longer, 0 to 1';
COMMENT ON COLUMN analyst.articles.copy_of IS 'the article it prints';
COMMENT ON COLUMN analyst.articles.copy_of_seed IS 'the text of the seed corpus it prints';
COMMENT ON COLUMN analyst.articles.revises IS 'what an earlier version of its page said';

CREATE VIEW analyst.stories AS
SELECT stories.id AS story, stories.first_article_id AS first_article, articles.title, articles.source_id AS first_source,
    stories.started_on, stories.last_on, told.articles, told.copies, told.sources, told.languages
FROM stories
JOIN articles ON articles.id = stories.first_article_id
JOIN LATERAL (
    SELECT count(*) AS articles, count(*) FILTER (WHERE each.copy_kind IS NOT NULL) AS copies,
        count(DISTINCT each.source_id) AS sources, array_agg(DISTINCT each.language) AS languages
    FROM articles AS each WHERE each.story_id = stories.id AND each.is_current
) AS told ON told.articles > 0
WHERE stories.merged_into_id IS NULL;
COMMENT ON VIEW analyst.stories IS 'Articles that tell the same news, in their own words or as copies';
COMMENT ON COLUMN analyst.stories.story IS 'number of the story';
COMMENT ON COLUMN analyst.stories.first_article IS 'its earliest article';
COMMENT ON COLUMN analyst.stories.title IS 'headline of that';
COMMENT ON COLUMN analyst.stories.first_source IS 'outlet of that';
COMMENT ON COLUMN analyst.stories.started_on IS 'day of the first article';
COMMENT ON COLUMN analyst.stories.last_on IS 'day of the last article';
COMMENT ON COLUMN analyst.stories.articles IS 'how many tell it, copies among them';
COMMENT ON COLUMN analyst.stories.copies IS 'how many of these are copies';
COMMENT ON COLUMN analyst.stories.sources IS 'in how many outlets';
COMMENT ON COLUMN analyst.stories.languages IS 'in which languages';

CREATE VIEW analyst.copies AS
SELECT copy.id AS article, copy.source_id AS source, copy.title, copy.published_on, copy.copy_kind AS kind,
    copy.copy_share AS share, copy.copy_of_article_id AS original, copy.copy_of_seed_id AS seed,
    first.source_id AS original_source, coalesce(first.title, seed_documents.title) AS original_title,
    coalesce(first.published_on, seed_documents.published_on) AS original_published_on
FROM articles AS copy
LEFT JOIN articles AS first ON first.id = copy.copy_of_article_id
LEFT JOIN seed_documents ON seed_documents.id = copy.copy_of_seed_id
WHERE copy.copy_kind IS NOT NULL AND copy.is_current;
COMMENT ON VIEW analyst.copies IS 'Articles that print the text of another, each beside its original';
COMMENT ON COLUMN analyst.copies.article IS 'the copy';
COMMENT ON COLUMN analyst.copies.source IS 'its outlet';
COMMENT ON COLUMN analyst.copies.title IS 'its headline';
COMMENT ON COLUMN analyst.copies.published_on IS 'its day of publication';
COMMENT ON COLUMN analyst.copies.kind IS 'same, edited, excerpt or contains';
COMMENT ON COLUMN analyst.copies.share IS 'share of the shorter text that stands in the longer, 0 to 1';
COMMENT ON COLUMN analyst.copies.original IS 'the article it prints; null: a text of the seed corpus';
COMMENT ON COLUMN analyst.copies.seed IS 'the text of the seed corpus it prints';
COMMENT ON COLUMN analyst.copies.original_source IS 'outlet of the original';
COMMENT ON COLUMN analyst.copies.original_title IS 'headline of the original';
COMMENT ON COLUMN analyst.copies.original_published_on IS 'day of publication of the original';

CREATE VIEW analyst.tags AS
SELECT tags.article_id AS article, tags.kind, tags.tag_id AS tag, names.name_ar, names.name_fr, names.name_es,
    names.name_en, array_agg(DISTINCT tags.surface) AS surfaces, count(*) AS times
FROM tags
JOIN articles ON articles.id = tags.article_id AND articles.is_current
LEFT JOIN names ON names.kind = tags.kind AND names.id = tags.tag_id
GROUP BY tags.article_id, tags.kind, tags.tag_id, names.kind, names.id;
COMMENT ON VIEW analyst.tags IS 'Themes, people, bodies, countries and places found in each article';
COMMENT ON COLUMN analyst.tags.article IS 'the article';
COMMENT ON COLUMN analyst.tags.kind IS 'theme, person, body, country or place';
COMMENT ON COLUMN analyst.tags.tag IS 'id, such as migration, dgsn, ES';
COMMENT ON COLUMN analyst.tags.name_ar IS 'name to show, in Arabic';
COMMENT ON COLUMN analyst.tags.name_fr IS 'name to show, in French';
COMMENT ON COLUMN analyst.tags.name_es IS 'name to show, in Spanish';
COMMENT ON COLUMN analyst.tags.name_en IS 'name to show, in English';
COMMENT ON COLUMN analyst.tags.surfaces IS 'the words that stand there';
COMMENT ON COLUMN analyst.tags.times IS 'how often';

CREATE VIEW analyst.tag_places AS
SELECT article_id AS article, kind, tag_id AS tag, surface, field, span_start, span_end, because FROM tags;
COMMENT ON VIEW analyst.tag_places IS 'Where in an article each tag stands';
COMMENT ON COLUMN analyst.tag_places.surface IS 'the words that stand there';
COMMENT ON COLUMN analyst.tag_places.because IS 'why it is meant, where the words could name another';

CREATE VIEW analyst.names AS
SELECT names.kind, names.id, names.name_ar, names.name_fr, names.name_es, names.name_en, names.country, names.role,
    coalesce(spelt.spellings, '{}') AS spellings
FROM names
LEFT JOIN LATERAL (
    SELECT array_agg(spelling ORDER BY spelling) AS spellings FROM spellings
    WHERE spellings.kind = names.kind AND spellings.id = names.id
) AS spelt ON true;
COMMENT ON VIEW analyst.names IS 'The register: who and what marsad knows by name';
COMMENT ON COLUMN analyst.names.kind IS 'theme, person, body, country or place';
COMMENT ON COLUMN analyst.names.id IS 'id, as in tags and events';
COMMENT ON COLUMN analyst.names.name_ar IS 'name to show, in Arabic';
COMMENT ON COLUMN analyst.names.name_fr IS 'name to show, in French';
COMMENT ON COLUMN analyst.names.name_es IS 'name to show, in Spanish';
COMMENT ON COLUMN analyst.names.name_en IS 'name to show, in English';
COMMENT ON COLUMN analyst.names.country IS 'ISO 3166-1 alpha-2; null: of many countries, or a theme';
COMMENT ON COLUMN analyst.names.role IS 'the office of a person, or what kind of body';
COMMENT ON COLUMN analyst.names.spellings IS 'every way to write it that marsad knows, in canonical form';

-- Which report says best what an event is: as it is told, in words of its own, the first. An analyst cannot read the
-- tables, so it runs as their owner; it tells a number only.
CREATE FUNCTION best_report(event bigint, told text) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $function$
    SELECT reports.id FROM public.reports JOIN public.articles ON articles.id = reports.article_id
    WHERE reports.event_id = best_report.event
    ORDER BY NOT articles.is_current, reports.told <> best_report.told, articles.copy_kind IS NOT NULL,
        articles.published_on NULLS LAST, articles.id, reports.position
    LIMIT 1
$function$;
COMMENT ON FUNCTION best_report(bigint, text) IS 'the report that says best what an event is; null: none tells of it';

-- What costs is computed for the rows that are shown, not for all that are sorted: so no lateral joins.
CREATE VIEW analyst.events AS
SELECT events.id AS event, events.kind, events.direction, events.told, events.people, events.bodies, events.countries,
    events.city, events.first_on, events.last_on, events.precision,
    coalesce(events.first_on, events.told_from) AS happened_on, events.told_from, events.told_to,
    array_remove(events.sources, 'seeds') AS sources, cardinality(array_remove(events.sources, 'seeds')) AS outlets,
    (SELECT count(*) FROM reports JOIN articles ON articles.id = reports.article_id
        WHERE reports.event_id = events.id AND articles.is_current) AS reports,
    (SELECT reports.evidence FROM reports WHERE reports.id = best_report(events.id, events.told)) AS evidence,
    (SELECT articles.language FROM reports JOIN articles ON articles.id = reports.article_id
        WHERE reports.id = best_report(events.id, events.told)) AS evidence_language,
    (SELECT reports.article_id FROM reports WHERE reports.id = best_report(events.id, events.told)) AS article,
    (SELECT articles.url FROM reports JOIN articles ON articles.id = reports.article_id
        WHERE reports.id = best_report(events.id, events.told)) AS url,
    EXISTS (SELECT FROM seed_events WHERE seed_events.event_id = events.id) AS is_known,
    events.retracted_at, events.made_at
FROM events
WHERE events.merged_into_id IS NULL;
COMMENT ON VIEW analyst.events IS 'What happened, each once, however many report it; facts are the best supported ones';
COMMENT ON COLUMN analyst.events.event IS 'number of the event, which it keeps';
COMMENT ON COLUMN analyst.events.kind IS 'visit, agreement, meeting, decoration, election, conference, operation, extradition';
COMMENT ON COLUMN analyst.events.direction IS 'of a visit, seen from Morocco: outbound or inbound';
COMMENT ON COLUMN analyst.events.told IS 'the most that any account makes of it: news, announced, recalled; denied by all';
COMMENT ON COLUMN analyst.events.people IS 'ids of names, or as printed';
COMMENT ON COLUMN analyst.events.bodies IS 'ids of names, or as printed';
COMMENT ON COLUMN analyst.events.countries IS 'ISO 3166-1 alpha-2, without MA';
COMMENT ON COLUMN analyst.events.city IS 'id of a place, or as printed';
COMMENT ON COLUMN analyst.events.first_on IS 'first day; null: nobody says';
COMMENT ON COLUMN analyst.events.last_on IS 'last day, included';
COMMENT ON COLUMN analyst.events.precision IS 'how exact the days are: day, month, year';
COMMENT ON COLUMN analyst.events.happened_on IS 'first day, else the day it was first told: to sort and count by';
COMMENT ON COLUMN analyst.events.told_from IS 'day of the first account';
COMMENT ON COLUMN analyst.events.told_to IS 'day of the last account';
COMMENT ON COLUMN analyst.events.sources IS 'outlets that gave an account, the first first';
COMMENT ON COLUMN analyst.events.reports IS 'how many reports tell of it';
COMMENT ON COLUMN analyst.events.outlets IS 'in how many outlets';
COMMENT ON COLUMN analyst.events.evidence IS 'the sentence that says so, of the best report, in its own language';
COMMENT ON COLUMN analyst.events.evidence_language IS 'ISO 639-1';
COMMENT ON COLUMN analyst.events.article IS 'the article of that sentence';
COMMENT ON COLUMN analyst.events.url IS 'its address';
COMMENT ON COLUMN analyst.events.is_known IS 'the seed corpus tells of it: never news';
COMMENT ON COLUMN analyst.events.retracted_at IS 'when it was found not to have happened, or nobody told of it any more';
COMMENT ON COLUMN analyst.events.made_at IS 'when marsad first knew of it';

CREATE VIEW analyst.visits AS
SELECT event, direction, told, people, bodies, countries, city, first_on, last_on, precision, happened_on, sources,
    reports, outlets, evidence, evidence_language, article, url, is_known
FROM analyst.events WHERE kind = 'visit' AND retracted_at IS NULL;
COMMENT ON VIEW analyst.visits IS 'Visits that stand, columns as in events';

CREATE VIEW analyst.agreements AS
SELECT event, told, people, bodies, countries, city, first_on, last_on, precision, happened_on, sources,
    reports, outlets, evidence, evidence_language, article, url, is_known
FROM analyst.events WHERE kind = 'agreement' AND retracted_at IS NULL;
COMMENT ON VIEW analyst.agreements IS 'Agreements that stand, columns as in events';

CREATE VIEW analyst.event_reports AS
SELECT coalesce(events.merged_into_id, events.id) AS event, reports.id AS report, reports.article_id AS article,
    articles.source_id AS source, articles.language, articles.url, articles.title,
    coalesce(articles.published_on, pages.fetched_at::date) AS told_on, articles.copy_kind, reports.kind,
    reports.direction, reports.told, reports.people, reports.bodies, reports.countries, reports.city,
    reports.first_on, reports.last_on, reports.precision, reports.evidence, reports.field, reports.span_start,
    reports.span_end, reports.rule
FROM reports
JOIN articles ON articles.id = reports.article_id AND articles.is_current
JOIN pages ON pages.id = articles.page_id
LEFT JOIN events ON events.id = reports.event_id;
COMMENT ON VIEW analyst.event_reports IS 'What each article says happened, with the sentence that says so';
COMMENT ON COLUMN analyst.event_reports.event IS 'the event; null: it recalls what cannot be told apart, or waits';
COMMENT ON COLUMN analyst.event_reports.report IS 'number of the report';
COMMENT ON COLUMN analyst.event_reports.article IS 'the article';
COMMENT ON COLUMN analyst.event_reports.source IS 'its outlet';
COMMENT ON COLUMN analyst.event_reports.language IS 'its language, ISO 639-1';
COMMENT ON COLUMN analyst.event_reports.url IS 'its address';
COMMENT ON COLUMN analyst.event_reports.title IS 'its headline';
COMMENT ON COLUMN analyst.event_reports.told_on IS 'its day of publication, else of the fetch';
COMMENT ON COLUMN analyst.event_reports.copy_kind IS 'how it prints the text of another; null: its own words';
COMMENT ON COLUMN analyst.event_reports.told IS 'as news, recalled, announced or denied';
COMMENT ON COLUMN analyst.event_reports.evidence IS 'the sentence, in its own language';
COMMENT ON COLUMN analyst.event_reports.field IS 'title or text, where the sentence stands';
COMMENT ON COLUMN analyst.event_reports.span_start IS 'its first character there, from 0';
COMMENT ON COLUMN analyst.event_reports.span_end IS 'the character after its last';
COMMENT ON COLUMN analyst.event_reports.rule IS 'the rule that read it';

CREATE VIEW analyst.event_acts AS
SELECT event_id AS event, action, done_by, facts, done_at FROM event_log;
COMMENT ON VIEW analyst.event_acts IS 'What rules and people did to events: merge, split, retract, correct, confirm';
COMMENT ON COLUMN analyst.event_acts.event IS 'the event';
COMMENT ON COLUMN analyst.event_acts.action IS 'what was done';
COMMENT ON COLUMN analyst.event_acts.done_by IS 'a rule, or the name of a person';
COMMENT ON COLUMN analyst.event_acts.facts IS 'how';
COMMENT ON COLUMN analyst.event_acts.done_at IS 'when';

CREATE VIEW analyst.people AS
SELECT names.id AS person, names.name_ar, names.name_fr, names.name_es, names.name_en, names.country, names.role,
    (SELECT count(DISTINCT article_id) FROM tags WHERE tags.kind = 'person' AND tags.tag_id = names.id) AS articles,
    (SELECT count(*) FROM events WHERE events.merged_into_id IS NULL AND events.people @> ARRAY[names.id]) AS events
FROM names WHERE names.kind = 'person';
COMMENT ON VIEW analyst.people IS 'People of this field, with how much is told of them';
COMMENT ON COLUMN analyst.people.person IS 'id, as in events.people and tags';
COMMENT ON COLUMN analyst.people.role IS 'the office';
COMMENT ON COLUMN analyst.people.articles IS 'articles that name him or her';
COMMENT ON COLUMN analyst.people.events IS 'events he or she takes part in';

CREATE VIEW analyst.bodies AS
SELECT names.id AS body, names.name_ar, names.name_fr, names.name_es, names.name_en, names.country, names.role AS kind,
    (SELECT count(DISTINCT article_id) FROM tags WHERE tags.kind = 'body' AND tags.tag_id = names.id) AS articles,
    (SELECT count(*) FROM events WHERE events.merged_into_id IS NULL AND events.bodies @> ARRAY[names.id]) AS events
FROM names WHERE names.kind = 'body';
COMMENT ON VIEW analyst.bodies IS 'Services, ministries and organisations, with how much is told of them';
COMMENT ON COLUMN analyst.bodies.body IS 'id, as in events.bodies and tags';
COMMENT ON COLUMN analyst.bodies.kind IS 'police, intelligence, interior …';
COMMENT ON COLUMN analyst.bodies.articles IS 'articles that name it';
COMMENT ON COLUMN analyst.bodies.events IS 'events it takes part in';

CREATE VIEW analyst.countries AS
SELECT names.id AS country, names.name_ar, names.name_fr, names.name_es, names.name_en,
    (SELECT count(DISTINCT article_id) FROM tags WHERE tags.kind = 'country' AND tags.tag_id = names.id) AS articles,
    (SELECT count(*) FROM events WHERE events.merged_into_id IS NULL AND events.countries @> ARRAY[names.id]) AS events
FROM names WHERE names.kind = 'country';
COMMENT ON VIEW analyst.countries IS 'Countries, with how much is told of them';
COMMENT ON COLUMN analyst.countries.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN analyst.countries.articles IS 'articles that name it';
COMMENT ON COLUMN analyst.countries.events IS 'events with it';

CREATE VIEW analyst.coverage AS
SELECT visits.source_id AS source, visits.visited_at::date AS day,
    count(*) FILTER (WHERE visits.way IS NOT NULL) AS asked,
    count(*) FILTER (WHERE visits.way IS NOT NULL AND visits.status BETWEEN 200 AND 399) AS answered,
    count(visits.page_id) AS pages,
    count(*) FILTER (WHERE pages.outcome = 'filed') AS articles,
    count(*) FILTER (WHERE pages.outcome = 'copy') AS copies,
    count(*) FILTER (WHERE pages.outcome = 'rejected') AS rejected,
    count(*) FILTER (WHERE pages.outcome = 'failed') AS failed
FROM visits LEFT JOIN pages ON pages.id = visits.page_id
GROUP BY visits.source_id, visits.visited_at::date;
COMMENT ON VIEW analyst.coverage IS 'What came of asking each source, by day (UTC): no news is told apart from no crawl';
COMMENT ON COLUMN analyst.coverage.source IS 'the outlet';
COMMENT ON COLUMN analyst.coverage.day IS 'day of the fetch, UTC';
COMMENT ON COLUMN analyst.coverage.asked IS 'lists that were asked for';
COMMENT ON COLUMN analyst.coverage.answered IS 'of these, how many answered';
COMMENT ON COLUMN analyst.coverage.pages IS 'pages that came';
COMMENT ON COLUMN analyst.coverage.articles IS 'of these, articles on the topic';
COMMENT ON COLUMN analyst.coverage.copies IS 'of these, copies of what was known';
COMMENT ON COLUMN analyst.coverage.rejected IS 'of these, none of ours';
COMMENT ON COLUMN analyst.coverage.failed IS 'of these, unreadable';

CREATE VIEW analyst.source_health AS
SELECT sources.id AS source, sources.name, sources.tier, coalesce(stands.health, 'untried') AS health, stands.since,
    troubles.kind AS trouble, troubles.seen AS trouble_seen, troubles.since AS trouble_since, troubles.advice
FROM sources
LEFT JOIN LATERAL (
    SELECT health, since FROM health_changes WHERE health_changes.source_id = sources.id ORDER BY id DESC LIMIT 1
) AS stands ON true
LEFT JOIN LATERAL (
    SELECT kind, seen, since, advice FROM troubles
    WHERE troubles.source_id = sources.id AND cleared_at IS NULL ORDER BY hard DESC, since, id LIMIT 1
) AS troubles ON true
WHERE sources.retired_at IS NULL AND sources.entry ->> 'closed' IS NULL;
COMMENT ON VIEW analyst.source_health IS 'How each followed source stands, and the gravest of its troubles';
COMMENT ON COLUMN analyst.source_health.source IS 'the outlet';
COMMENT ON COLUMN analyst.source_health.name IS 'its name';
COMMENT ON COLUMN analyst.source_health.tier IS '1 core of the topic … 4 context only';
COMMENT ON COLUMN analyst.source_health.health IS 'healthy, untried, wavering, failing, silent';
COMMENT ON COLUMN analyst.source_health.since IS 'since when';
COMMENT ON COLUMN analyst.source_health.trouble IS 'what is wrong; null: nothing';
COMMENT ON COLUMN analyst.source_health.trouble_seen IS 'the same in words';
COMMENT ON COLUMN analyst.source_health.trouble_since IS 'since when';
COMMENT ON COLUMN analyst.source_health.advice IS 'what to do';

CREATE VIEW analyst.alerts_sent AS
SELECT alerts.id AS alert, alerts.recipient, alerts.occasion, alerts.event_id AS event, alerts.because, alerts.state,
    alerts.pace, alerts.made_at, alerts.due_at, alerts.settled_at, alerts.attempts, tried.tries, tried.last_said
FROM alerts
LEFT JOIN LATERAL (
    SELECT count(*) AS tries, (array_agg(deliveries.detail ORDER BY deliveries.id DESC))[1] AS last_said
    FROM deliveries WHERE deliveries.alert_id = alerts.id
) AS tried ON true;
COMMENT ON VIEW analyst.alerts_sent IS 'Every message that was due to somebody: sent, waiting, given up; never its secrets';
COMMENT ON COLUMN analyst.alerts_sent.alert IS 'number of the message';
COMMENT ON COLUMN analyst.alerts_sent.recipient IS 'to whom, by name';
COMMENT ON COLUMN analyst.alerts_sent.occasion IS 'first, update, retraction, digest, trouble or trial';
COMMENT ON COLUMN analyst.alerts_sent.event IS 'the event it is about, as it was numbered then';
COMMENT ON COLUMN analyst.alerts_sent.because IS 'the rules it met';
COMMENT ON COLUMN analyst.alerts_sent.state IS 'waiting, sent, digested, muted, overtaken or given up';
COMMENT ON COLUMN analyst.alerts_sent.pace IS 'at once, daily or weekly';
COMMENT ON COLUMN analyst.alerts_sent.made_at IS 'when it was decided';
COMMENT ON COLUMN analyst.alerts_sent.due_at IS 'not before: quiet hours, a digest';
COMMENT ON COLUMN analyst.alerts_sent.settled_at IS 'when it was sent or given up';
COMMENT ON COLUMN analyst.alerts_sent.attempts IS 'attempts to send it';
COMMENT ON COLUMN analyst.alerts_sent.tries IS 'attempts that were written down, those begun and never ended too';
COMMENT ON COLUMN analyst.alerts_sent.last_said IS 'what the receiver said last';
