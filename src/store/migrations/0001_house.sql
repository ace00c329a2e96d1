-- The house: who works here, what was done, what is to be done later.
CREATE TABLE org_unit (
	id @id@,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	short TEXT,
	kind TEXT NOT NULL,
	parent BIGINT REFERENCES org_unit(id),
	sort_key TEXT NOT NULL,
	valid_from INTEGER NOT NULL,
	valid_to INTEGER
);
CREATE TABLE staff_account (
	id @id@,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	password TEXT NOT NULL,
	roles BIGINT NOT NULL,
	unit BIGINT REFERENCES org_unit(id),
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	lang TEXT NOT NULL DEFAULT 'vi',
	created_at BIGINT NOT NULL
);
CREATE TABLE session (
	token_hash TEXT NOT NULL PRIMARY KEY,
	account BIGINT NOT NULL REFERENCES staff_account(id),
	csrf TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX session_expiry ON session (expires_at);
CREATE TABLE audit (
	id @id@,
	at BIGINT NOT NULL,
	who BIGINT NOT NULL,
	deed TEXT NOT NULL,
	object TEXT NOT NULL,
	object_id BIGINT,
	detail TEXT,
	chain TEXT NOT NULL
);
CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	changed_by BIGINT NOT NULL
);
CREATE TABLE job (
	id @id@,
	kind TEXT NOT NULL,
	arg TEXT NOT NULL,
	once_key TEXT UNIQUE,
	state INTEGER NOT NULL CHECK (state IN (0, 1, 2, 3)),
	run_at BIGINT NOT NULL,
	lease_until BIGINT NOT NULL DEFAULT 0,
	tries INTEGER NOT NULL DEFAULT 0,
	owner TEXT,
	said TEXT,
	done_at BIGINT
);
CREATE INDEX job_waiting ON job (run_at, id) WHERE state = 0;
CREATE INDEX job_leased ON job (lease_until) WHERE state = 1;
