CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE diary (id bigint PRIMARY KEY, moods mood[], words text[], note text);
