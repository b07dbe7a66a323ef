CREATE FOREIGN DATA WRAPPER files;
CREATE SERVER shelf FOREIGN DATA WRAPPER files;
CREATE SERVER cellar FOREIGN DATA WRAPPER files;
CREATE TABLE loans (id integer, shelf text) PARTITION BY LIST (shelf);
CREATE FOREIGN TABLE loans_near PARTITION OF loans (shelf DEFAULT 'near') FOR VALUES IN ('near') SERVER shelf;
CREATE FOREIGN TABLE loans_far (id integer, shelf text) SERVER cellar;
CREATE FOREIGN TABLE loans_rest PARTITION OF loans DEFAULT SERVER cellar OPTIONS (path '/rest');
