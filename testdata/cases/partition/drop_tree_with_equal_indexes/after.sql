CREATE TABLE prices (day integer, shop text) PARTITION BY RANGE (day);
CREATE INDEX prices_shop ON prices (shop);
