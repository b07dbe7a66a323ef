CREATE TABLE public.books (id integer PRIMARY KEY);
