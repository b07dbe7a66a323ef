CREATE TABLE b (id integer CONSTRAINT a_pkey PRIMARY KEY, left_side text); -- @renamed from=a
CREATE TABLE a (id bigint CONSTRAINT b_pkey PRIMARY KEY, right_side date); -- @renamed from=b
