CREATE ACCESS METHOD rows TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE point (x integer, y integer) USING rows WITH (fillfactor = 90);
