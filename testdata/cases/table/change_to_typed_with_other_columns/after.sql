CREATE TYPE place AS (street text, number integer, town text);
CREATE TABLE home OF place (town WITH OPTIONS DEFAULT 'here', PRIMARY KEY (number), CHECK (street <> ''));
