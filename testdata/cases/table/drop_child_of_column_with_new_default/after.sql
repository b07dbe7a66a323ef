CREATE SEQUENCE numbers;
CREATE DOMAIN number AS numeric(9, 2);
CREATE TABLE item (number number DEFAULT nextval('numbers'), label text DEFAULT upper('none'));
