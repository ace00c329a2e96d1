CREATE VIRTUAL TABLE article_fts USING fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0");
