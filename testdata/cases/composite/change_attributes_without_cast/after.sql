CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE entry AS (since date, marks integer[], note integer, of text);
CREATE TABLE diary (id bigint PRIMARY KEY, entry entry, older entry[]);
