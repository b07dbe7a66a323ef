CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE diary (id bigint PRIMARY KEY, note mood, moods integer, words mood[]);
