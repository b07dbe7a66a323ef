CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE job (id bigint PRIMARY KEY, state state);
CREATE TABLE old_job (worker text) INHERITS (job);
