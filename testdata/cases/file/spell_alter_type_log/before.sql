CREATE TYPE mood AS ENUM ('awful', 'sad', 'fine', 'happy');
CREATE DOMAIN amount AS integer DEFAULT 2 CONSTRAINT positive CHECK (VALUE > 0);
CREATE TYPE place AS (lat numeric, label text);
CREATE SEQUENCE s INCREMENT 5;
CREATE TABLE t (m mood, a amount, p place);
