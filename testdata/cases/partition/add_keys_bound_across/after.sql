CREATE TABLE public.authors (id integer PRIMARY KEY);

CREATE TABLE public.sales (id integer NOT NULL, price integer) PARTITION BY RANGE (id);
CREATE TABLE public.other_sales (id integer NOT NULL, price integer);
ALTER TABLE ONLY public.sales ATTACH PARTITION public.other_sales DEFAULT;
ALTER TABLE ONLY public.sales ADD CONSTRAINT sales_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.other_sales ADD CONSTRAINT other_sales_id_key UNIQUE (id);
ALTER TABLE ONLY public.sales ADD CONSTRAINT sales_id_key UNIQUE (id);
ALTER TABLE ONLY public.other_sales ADD CONSTRAINT other_sales_pkey PRIMARY KEY (id);
ALTER INDEX public.sales_pkey ATTACH PARTITION public.other_sales_id_key;
ALTER INDEX public.sales_id_key ATTACH PARTITION public.other_sales_pkey;
