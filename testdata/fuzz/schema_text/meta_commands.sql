\i a.sql
\set x 'a''b\n'
SELECT 1 \g
\.
\
\\
\copy t from stdin
1
\.
\;
