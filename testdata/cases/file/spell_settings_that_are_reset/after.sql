CREATE SCHEMA a;
SET search_path = '';
RESET ALL;
CREATE TABLE one (a integer);
SET search_path = a;
DISCARD ALL;
CREATE TABLE two (a integer);
