CREATE EXTENSION citext;
CREATE TABLE t (id integer PRIMARY KEY, mail text NOT NULL);
CREATE UNIQUE INDEX t_mail_key ON t (mail);
