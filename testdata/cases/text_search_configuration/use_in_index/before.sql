CREATE TABLE article (a_body text);
CREATE INDEX a_search ON article USING gin (to_tsvector('english', a_body));
