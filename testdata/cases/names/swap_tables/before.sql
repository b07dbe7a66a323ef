CREATE TABLE a (id integer CONSTRAINT a_pkey PRIMARY KEY, left_side text);
CREATE TABLE b (id bigint CONSTRAINT b_pkey PRIMARY KEY, right_side date);
