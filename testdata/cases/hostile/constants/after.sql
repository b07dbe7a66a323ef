CREATE TABLE t (id integer
  , a text DEFAULT E'tab\tnew\nline\\', b text DEFAULT U&'\0041\00e4', c bytea DEFAULT '\xdeadbeef', d bit(4) DEFAULT B'1010', e bit(8) DEFAULT X'ff', f numeric DEFAULT 1e-10, g double precision DEFAULT 'NaN', h integer DEFAULT -2147483648, i bigint DEFAULT 9223372036854775807, j interval DEFAULT '1 year 2 mons 3 days 04:05:06.7', k timestamptz DEFAULT '2020-01-01 00:00:00+02', l date DEFAULT 'infinity', m inet DEFAULT '::1/128', n text[] DEFAULT '{"a,b","c\"d",NULL}', o jsonb DEFAULT '{"k": [1, "x", null]}', p money DEFAULT 12.5
);
