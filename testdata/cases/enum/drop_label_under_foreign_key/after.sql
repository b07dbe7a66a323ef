CREATE TYPE size AS ENUM ('s', 'm');
CREATE TABLE sizes (size size PRIMARY KEY, next size REFERENCES sizes);
CREATE TABLE shirts (id integer, size size REFERENCES sizes ON DELETE CASCADE);
