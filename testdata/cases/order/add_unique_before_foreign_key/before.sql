CREATE TABLE z (id integer, code text
);
CREATE TABLE a (code text
);
