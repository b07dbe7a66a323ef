CREATE TABLE parent (b text);
