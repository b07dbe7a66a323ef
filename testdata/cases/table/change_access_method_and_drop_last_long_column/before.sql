CREATE ACCESS METHOD rows TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE point (x integer, y integer, label varchar) WITH (toast.autovacuum_vacuum_threshold = 9, fillfactor = 90);
