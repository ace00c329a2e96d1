-- Trends: alarms and their triage, forecasts and their record, the morning digest, saved searches.
CREATE TABLE alarm (
	id @id@,
	kind TEXT NOT NULL CHECK (kind IN ('burst', 'outage', 'shift')),
	series TEXT NOT NULL,
	code TEXT NOT NULL,
	measure TEXT NOT NULL CHECK (measure IN ('n', 'bad')),
	unit TEXT NOT NULL CHECK (unit IN ('hour', 'day')),
	bucket BIGINT NOT NULL,
	from_bucket BIGINT NOT NULL,
	count BIGINT NOT NULL,
	expected DOUBLE PRECISION NOT NULL,
	q DOUBLE PRECISION NOT NULL,
	alive INTEGER NOT NULL,
	known INTEGER NOT NULL,
	drivers TEXT NOT NULL,
	raised_at BIGINT NOT NULL,
	triage TEXT NOT NULL CHECK (triage IN ('open', 'true', 'false', 'duplicate')),
	triaged_by BIGINT,
	triaged_at BIGINT,
	note TEXT,
	UNIQUE (unit, measure, series, code, bucket)
);
CREATE INDEX alarm_newest ON alarm (bucket, id);
CREATE INDEX alarm_open ON alarm (triage, raised_at, id);
CREATE TABLE forecast (
	series TEXT NOT NULL,
	code TEXT NOT NULL,
	made_on INTEGER NOT NULL,
	step INTEGER NOT NULL,
	mean DOUBLE PRECISION NOT NULL,
	lo80 DOUBLE PRECISION NOT NULL,
	hi80 DOUBLE PRECISION NOT NULL,
	lo95 DOUBLE PRECISION NOT NULL,
	hi95 DOUBLE PRECISION NOT NULL,
	naive DOUBLE PRECISION NOT NULL,
	method TEXT NOT NULL,
	PRIMARY KEY (series, code, made_on, step)
);
CREATE TABLE digest (
	id @id@,
	day INTEGER NOT NULL UNIQUE,
	state TEXT NOT NULL CHECK (state IN ('draft', 'approved')),
	intro TEXT NOT NULL,
	articles BIGINT NOT NULL,
	stories BIGINT NOT NULL,
	outlets_alive BIGINT NOT NULL,
	outlets_known BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	approved_by BIGINT,
	approved_at BIGINT
);
CREATE TABLE digest_item (
	id @id@,
	digest BIGINT NOT NULL REFERENCES digest(id),
	section INTEGER NOT NULL CHECK (section BETWEEN 1 AND 5),
	place INTEGER NOT NULL,
	story BIGINT NOT NULL,
	article BIGINT NOT NULL,
	title TEXT NOT NULL,
	proposal TEXT NOT NULL CHECK (proposal IN ('answer', 'explain', 'check', 'follow')),
	quotes TEXT NOT NULL,
	note TEXT NOT NULL
);
CREATE UNIQUE INDEX digest_item_once ON digest_item (digest, section, story);
CREATE TABLE saved_search (
	id @id@,
	owner BIGINT NOT NULL REFERENCES staff_account(id),
	name TEXT NOT NULL,
	query TEXT NOT NULL,
	filters TEXT NOT NULL,
	feed_token TEXT NOT NULL UNIQUE,
	mail_to TEXT,
	hook_url TEXT,
	hook_secret TEXT,
	seen_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE INDEX saved_search_of ON saved_search (owner, id);
