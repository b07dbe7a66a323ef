CREATE TABLE t (v text, w text COMPRESSION lz4);
