CREATE FOREIGN DATA WRAPPER files OPTIONS (debug 'true', depth '2');
