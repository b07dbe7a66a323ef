CREATE FOREIGN DATA WRAPPER files;
CREATE SERVER shelf FOREIGN DATA WRAPPER files;
CREATE SERVER cellar FOREIGN DATA WRAPPER files;
CREATE TABLE loans (id integer, shelf text) PARTITION BY LIST (shelf);
CREATE FOREIGN TABLE loans_near (id integer, shelf text) SERVER shelf;
CREATE FOREIGN TABLE loans_far PARTITION OF loans FOR VALUES IN ('far') SERVER cellar;
