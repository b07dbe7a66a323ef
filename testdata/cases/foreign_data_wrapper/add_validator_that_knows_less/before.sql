CREATE FOREIGN DATA WRAPPER files;
CREATE SERVER shelf FOREIGN DATA WRAPPER files OPTIONS (room '1', host 'here');
CREATE USER MAPPING FOR app_reader SERVER shelf OPTIONS (card '7', "user" 'reader');
CREATE FOREIGN TABLE book (title text OPTIONS (place '3')) SERVER shelf OPTIONS (row '2');
