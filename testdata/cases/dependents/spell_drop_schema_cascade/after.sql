CREATE TABLE item (no integer, part_id integer);
CREATE VIEW items AS SELECT no FROM item;
