CREATE TABLE books (id integer PRIMARY KEY);
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'update');
ALTER PUBLICATION everything OWNER TO app_owner;
