COPY t FROM stdin;
'	$$	\N
\.
COPY t (a) FROM STDIN WITH (FORMAT csv);
"
