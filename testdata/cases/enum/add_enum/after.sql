CREATE TABLE t (id integer);
CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'Happy', '');
