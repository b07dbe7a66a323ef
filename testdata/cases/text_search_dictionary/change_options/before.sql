CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, Language = english, StopWords = english);
