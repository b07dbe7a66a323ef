CREATE TABLE t (id integer, who name DEFAULT CURRENT_USER);
