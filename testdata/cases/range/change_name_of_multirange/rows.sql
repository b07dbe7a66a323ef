INSERT INTO guests VALUES (1, '[1,2)', '{[1,2),[4,9)}', '{"{[3,4)}"}', '{[3,4)}'), (2, NULL, NULL, NULL, NULL);
