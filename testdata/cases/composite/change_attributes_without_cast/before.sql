CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE entry AS (since integer, marks integer, note text, of mood);
CREATE TABLE diary (id bigint PRIMARY KEY, entry entry, older entry[]);
