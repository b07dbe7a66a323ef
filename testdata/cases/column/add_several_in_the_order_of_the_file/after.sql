CREATE TABLE t (a integer, z integer, c text, b serial);
