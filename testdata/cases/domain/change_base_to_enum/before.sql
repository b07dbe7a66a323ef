CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN feeling AS text DEFAULT 'sad';
CREATE TABLE diary (id bigint PRIMARY KEY, today feeling, before feeling[] DEFAULT '{glad}');
