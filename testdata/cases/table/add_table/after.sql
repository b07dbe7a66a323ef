CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  a_id integer NOT NULL REFERENCES a ON DELETE CASCADE,
  name varchar(30) UNIQUE,
  price numeric(10,2) DEFAULT 0 CHECK (price >= 0),
  tags text[] DEFAULT '{}',
  made timestamptz(3) DEFAULT now()
);
