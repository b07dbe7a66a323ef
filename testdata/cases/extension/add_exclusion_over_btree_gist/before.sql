CREATE EXTENSION btree_gist;
CREATE TABLE booking (room integer NOT NULL, during tsrange NOT NULL
);
