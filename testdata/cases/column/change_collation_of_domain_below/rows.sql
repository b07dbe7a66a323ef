INSERT INTO lexicon VALUES (1, 'a', 'b');
