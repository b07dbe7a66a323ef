CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, Language = german);
COMMENT ON TEXT SEARCH DICTIONARY stems IS 'stems of words';
