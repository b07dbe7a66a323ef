CREATE FOREIGN DATA WRAPPER away;
CREATE SERVER far FOREIGN DATA WRAPPER away;
CREATE TABLE event (id integer, token timestamptz) PARTITION BY RANGE (id);
CREATE FOREIGN TABLE event_rest PARTITION OF event DEFAULT SERVER far;
CREATE TABLE note (id integer, token timestamptz);
CREATE FOREIGN TABLE far_note () INHERITS (note) SERVER far;
