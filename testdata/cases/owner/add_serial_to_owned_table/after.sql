CREATE TABLE t (a serial);
CREATE TABLE u (b serial);
ALTER TABLE t OWNER TO app_owner;
ALTER TABLE u OWNER TO app_owner;
