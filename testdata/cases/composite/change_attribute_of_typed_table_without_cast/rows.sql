INSERT INTO home VALUES ('High Street', '7', 'here');
