CREATE TABLE t (id integer DEFAULT 1, at timestamptz DEFAULT now(), j jsonb DEFAULT '{}', a text[] DEFAULT '{}');
