CREATE TABLE named (id int, name text DEFAULT 'none');
CREATE TABLE priced (id int DEFAULT 7, name text, price int);
CREATE TABLE ware () INHERITS (named, priced);
CREATE TABLE gift (id int) INHERITS (named, priced);
CREATE TABLE spare (name text DEFAULT NULL) INHERITS (named, priced);
