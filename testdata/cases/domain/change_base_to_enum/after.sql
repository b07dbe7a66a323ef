CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN feeling AS mood DEFAULT 'sad';
CREATE TABLE diary (id bigint PRIMARY KEY, today feeling, before feeling[] DEFAULT '{glad}');
