-- a column comes as an identity only where no table inherits yet, and then its sequence numbers the rows that stand
CREATE TABLE works (title text);
