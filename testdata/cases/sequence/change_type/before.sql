CREATE SEQUENCE numbers AS integer;
