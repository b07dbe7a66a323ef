CREATE CONVERSION to_utf8 FOR 'latin1' TO 'UTF-8' FROM iso8859_1_to_utf8;
