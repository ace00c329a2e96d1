CREATE TABLE article_fts (
	rowid BIGINT NOT NULL PRIMARY KEY,
	words TSVECTOR NOT NULL
);
CREATE INDEX article_fts_words ON article_fts USING GIN (words);
