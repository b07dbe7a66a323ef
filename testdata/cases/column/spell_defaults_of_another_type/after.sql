CREATE TYPE mood AS ENUM ('calm', 'wild');
CREATE DOMAIN label AS varchar(9);
CREATE TABLE animal (
    name varchar(20) DEFAULT 'nobody'::text,
    tag text DEFAULT 'none'::varchar,
    code text DEFAULT 'abc'::bpchar,
    legs bigint DEFAULT 4,
    weight double precision DEFAULT '1'::numeric,
    traits jsonb DEFAULT '{}'::json,
    scores bigint[] DEFAULT '{}'::int[],
    born timestamptz DEFAULT CURRENT_DATE,
    kind text DEFAULT 'pet'::varchar,
    mood text DEFAULT 'calm'::mood,
    note varchar(20) DEFAULT 'same'
);
