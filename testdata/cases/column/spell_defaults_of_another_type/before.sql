CREATE TYPE mood AS ENUM ('calm', 'wild');
CREATE DOMAIN label AS varchar(9);
CREATE TABLE animal (
    name text DEFAULT 'nobody',
    tag varchar(5) DEFAULT 'none',
    code char(3) DEFAULT ('abc'),
    legs int DEFAULT 4,
    weight numeric DEFAULT '1',
    traits json DEFAULT '{}',
    scores int[] DEFAULT '{}',
    born date DEFAULT CURRENT_DATE,
    kind label DEFAULT 'pet',
    mood mood DEFAULT 'calm',
    note varchar(10) DEFAULT 'same'
);
ALTER TABLE animal
    ALTER COLUMN name TYPE varchar(20),
    ALTER COLUMN tag TYPE text,
    ALTER COLUMN code TYPE text,
    ALTER COLUMN legs TYPE bigint,
    ALTER COLUMN weight TYPE double precision,
    ALTER COLUMN traits TYPE jsonb USING traits::jsonb,
    ALTER COLUMN scores TYPE bigint[],
    ALTER COLUMN born TYPE timestamptz,
    ALTER COLUMN kind TYPE text,
    ALTER COLUMN mood TYPE text,
    ALTER COLUMN note TYPE varchar(20);
