CREATE TYPE pair AS (a int[], b date);
CREATE TABLE things (id integer);
