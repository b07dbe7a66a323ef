CREATE TABLE person (id integer PRIMARY KEY, country varchar(2), name text);
CREATE TABLE child () INHERITS (person);
ALTER TABLE child ADD PRIMARY KEY (id);
CREATE PUBLICATION local FOR TABLE ONLY person WHERE (country = 'ch' AND name LIKE 'a%'), child WHERE (name IN ('a', 'b'));
