CREATE TABLE t (a integer, v text COLLATE "C", w text);
CREATE INDEX t_v ON t (upper(v), (v || w), lower(w));
CREATE INDEX t_w ON t ((v || w) COLLATE "C", a, lower(w) COLLATE "POSIX");
