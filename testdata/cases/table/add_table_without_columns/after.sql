CREATE TABLE a (id integer);
CREATE TABLE empty ();
