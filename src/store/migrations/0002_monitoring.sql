-- The way of an article: outlets and their sources, articles and what is known of them, stories, counts.
CREATE TABLE outlet (
	id @id@,
	name TEXT NOT NULL UNIQUE,
	sort_key TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('online', 'print', 'radio_tv', 'aggregator', 'portal')),
	home TEXT,
	licence TEXT,
	approved_by BIGINT,
	approved_at BIGINT
);
CREATE TABLE source (
	id @id@,
	outlet BIGINT NOT NULL REFERENCES outlet(id),
	kind TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'warc', 'jsonl', 'manual')),
	url TEXT NOT NULL UNIQUE,
	title TEXT,
	permission TEXT,
	approved_by BIGINT,
	approved_at BIGINT,
	verified_at BIGINT,
	paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
	etag TEXT,
	modified TEXT,
	next_poll_at BIGINT NOT NULL DEFAULT 0,
	checked_at BIGINT,
	ok_at BIGINT,
	new_at BIGINT,
	pause DOUBLE PRECISION NOT NULL DEFAULT 0,
	failed_in_row INTEGER NOT NULL DEFAULT 0,
	unreadable_in_row INTEGER NOT NULL DEFAULT 0,
	items BIGINT NOT NULL DEFAULT 0,
	not_before BIGINT NOT NULL DEFAULT 0,
	failures DOUBLE PRECISION NOT NULL DEFAULT 0,
	polls BIGINT NOT NULL DEFAULT 0,
	fresh_share DOUBLE PRECISION NOT NULL DEFAULT 0,
	state TEXT NOT NULL DEFAULT 'new',
	status INTEGER NOT NULL DEFAULT 0,
	said TEXT
);
CREATE INDEX source_due ON source (next_poll_at, id) WHERE approved_at IS NOT NULL AND paused = 0;
CREATE INDEX source_outlet ON source (outlet, id);
CREATE TABLE robots (
	host TEXT NOT NULL PRIMARY KEY,
	rules TEXT NOT NULL,
	fetched_at BIGINT NOT NULL
);
CREATE TABLE story (
	id @id@,
	title TEXT NOT NULL,
	named_by BIGINT,
	first_at BIGINT NOT NULL,
	last_at BIGINT NOT NULL,
	n INTEGER NOT NULL,
	outlets INTEGER NOT NULL,
	good INTEGER NOT NULL,
	neutral INTEGER NOT NULL,
	bad INTEGER NOT NULL,
	unfavourable INTEGER NOT NULL,
	public INTEGER NOT NULL,
	topic TEXT,
	pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
	merged_into BIGINT,
	held INTEGER NOT NULL DEFAULT 1 CHECK (held IN (0, 1))
);
CREATE INDEX story_held ON story (id) WHERE held = 1;
CREATE INDEX story_last ON story (last_at, id);
CREATE TABLE article (
	id @id@,
	outlet BIGINT NOT NULL REFERENCES outlet(id),
	source BIGINT,
	url TEXT NOT NULL,
	url_key TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL,
	lead TEXT NOT NULL,
	sections TEXT,
	lang TEXT NOT NULL,
	published_at BIGINT NOT NULL,
	day INTEGER NOT NULL,
	fetched_at BIGINT NOT NULL,
	copy_of BIGINT,
	copy_kind TEXT,
	similarity DOUBLE PRECISION,
	story BIGINT,
	scope TEXT NOT NULL,
	scope_p DOUBLE PRECISION NOT NULL,
	tone TEXT NOT NULL CHECK (tone IN ('good', 'neutral', 'bad', 'unknown')),
	tone_p DOUBLE PRECISION NOT NULL,
	stance TEXT NOT NULL CHECK (stance IN ('favourable', 'neither', 'unfavourable', 'unknown')),
	stance_p DOUBLE PRECISION NOT NULL,
	model TEXT NOT NULL,
	confirmed_by BIGINT,
	confirmed_at BIGINT,
	versions INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX article_newest ON article (published_at, id, story);
CREATE INDEX article_tone ON article (tone, published_at, id);
CREATE INDEX article_stance ON article (stance, published_at, id);
CREATE INDEX article_outlet ON article (outlet, published_at, id);
CREATE INDEX article_story ON article (story, published_at, id);
CREATE TABLE article_text (
	article BIGINT NOT NULL PRIMARY KEY REFERENCES article(id),
	body TEXT NOT NULL,
	truncated INTEGER NOT NULL DEFAULT 0 CHECK (truncated IN (0, 1)),
	forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1)),
	evidence TEXT NOT NULL,
	vector @bytes@ NOT NULL
);
CREATE TABLE engine_state (
	name TEXT NOT NULL PRIMARY KEY,
	upto BIGINT NOT NULL,
	bytes @bytes@ NOT NULL
);
CREATE TABLE article_version (
	article BIGINT NOT NULL REFERENCES article(id),
	version INTEGER NOT NULL,
	until_at BIGINT NOT NULL,
	title TEXT NOT NULL,
	lead TEXT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (article, version)
);
CREATE TABLE article_label (
	kind TEXT NOT NULL CHECK (kind IN ('topic', 'place', 'body')),
	code TEXT NOT NULL,
	published_at BIGINT NOT NULL,
	article BIGINT NOT NULL,
	p DOUBLE PRECISION NOT NULL,
	by_person INTEGER NOT NULL DEFAULT 0 CHECK (by_person IN (0, 1)),
	PRIMARY KEY (kind, code, published_at, article)
);
CREATE INDEX article_label_of ON article_label (article, kind, code);
CREATE TABLE label_correction (
	id @id@,
	article BIGINT NOT NULL REFERENCES article(id),
	at BIGINT NOT NULL,
	who BIGINT NOT NULL,
	question TEXT NOT NULL CHECK (question IN ('scope', 'tone', 'stance', 'topic', 'confirm')),
	old TEXT NOT NULL,
	new TEXT NOT NULL,
	model TEXT NOT NULL,
	text_hash TEXT NOT NULL
);
CREATE INDEX label_correction_of ON label_correction (article, id);
CREATE TABLE story_decision (
	id @id@,
	at BIGINT NOT NULL,
	who BIGINT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'pin', 'unpin', 'must', 'cannot')),
	story BIGINT NOT NULL,
	article BIGINT,
	other BIGINT,
	words TEXT
);
CREATE INDEX story_decision_of ON story_decision (story, id);
CREATE TABLE rollup_day (
	kind TEXT NOT NULL CHECK (kind IN ('all', 'topic', 'place', 'body', 'outlet')),
	code TEXT NOT NULL,
	bucket BIGINT NOT NULL,
	outlet_kind TEXT NOT NULL,
	n INTEGER NOT NULL,
	good INTEGER NOT NULL,
	neutral INTEGER NOT NULL,
	bad INTEGER NOT NULL,
	favourable INTEGER NOT NULL,
	unfavourable INTEGER NOT NULL,
	public INTEGER NOT NULL,
	confirmed INTEGER NOT NULL,
	PRIMARY KEY (kind, code, bucket, outlet_kind)
);
CREATE INDEX rollup_day_bucket ON rollup_day (kind, bucket);
CREATE TABLE rollup_hour (
	kind TEXT NOT NULL CHECK (kind IN ('all', 'topic', 'place', 'body', 'outlet')),
	code TEXT NOT NULL,
	bucket BIGINT NOT NULL,
	outlet_kind TEXT NOT NULL,
	n INTEGER NOT NULL,
	good INTEGER NOT NULL,
	neutral INTEGER NOT NULL,
	bad INTEGER NOT NULL,
	favourable INTEGER NOT NULL,
	unfavourable INTEGER NOT NULL,
	public INTEGER NOT NULL,
	confirmed INTEGER NOT NULL,
	PRIMARY KEY (kind, code, bucket, outlet_kind)
);
CREATE INDEX rollup_hour_bucket ON rollup_hour (kind, bucket);
CREATE TABLE vocab (
	term TEXT NOT NULL PRIMARY KEY,
	n BIGINT NOT NULL
);
