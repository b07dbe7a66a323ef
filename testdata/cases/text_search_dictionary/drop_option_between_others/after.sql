CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, stopwords = 'english');
