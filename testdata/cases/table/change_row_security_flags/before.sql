CREATE TABLE t (id integer, owner_name name);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
