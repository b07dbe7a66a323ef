-- those that are bound to another come back first: attaching binds the oldest that fits
CREATE TABLE prices (day integer, shop text) PARTITION BY RANGE (day);
CREATE INDEX prices_shop ON prices (shop);
CREATE TABLE prices_may PARTITION OF prices FOR VALUES FROM (121) TO (152) PARTITION BY LIST (shop);
CREATE TABLE prices_may_north PARTITION OF prices_may FOR VALUES IN ('north');
CREATE INDEX may_shop ON prices_may (shop);
CREATE TABLE prices_june PARTITION OF prices FOR VALUES FROM (152) TO (182);
CREATE INDEX june_shop ON prices_june (shop);
