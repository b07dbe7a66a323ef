CREATE TABLE t (id integer DEFAULT -1, at timestamptz DEFAULT now() + interval '1 day', j jsonb DEFAULT '{"a": [1, 2]}'::jsonb, a text[] DEFAULT ARRAY['x', 'y']);
