CREATE FOREIGN DATA WRAPPER files VALIDATOR postgresql_fdw_validator;
CREATE SERVER shelf FOREIGN DATA WRAPPER files OPTIONS (host 'there', port '5432');
CREATE USER MAPPING FOR app_reader SERVER shelf OPTIONS ("user" 'writer');
CREATE FOREIGN TABLE book (title text) SERVER shelf;
