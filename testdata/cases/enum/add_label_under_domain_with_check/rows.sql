INSERT INTO bill VALUES ('new', '{new}');
