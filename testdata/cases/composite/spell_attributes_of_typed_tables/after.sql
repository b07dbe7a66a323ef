CREATE TYPE seat AS (id int, letter text, price int, class varchar(10) COLLATE "C");
CREATE TABLE bus OF seat;
CREATE TABLE train OF seat (PRIMARY KEY (id));
CREATE INDEX train_letters ON train (letter);
CREATE VIEW seats AS SELECT id, letter, price FROM train;
CREATE TABLE plane OF seat;
