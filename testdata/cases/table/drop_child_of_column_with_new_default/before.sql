CREATE SEQUENCE numbers;
CREATE DOMAIN number AS integer;
CREATE TABLE item (number number DEFAULT nextval('numbers'), label text);
CREATE TABLE special_item () INHERITS (item);
