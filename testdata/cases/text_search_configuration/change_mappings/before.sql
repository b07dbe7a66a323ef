CREATE TEXT SEARCH DICTIONARY short (TEMPLATE = pg_catalog.simple, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.english);
