CREATE SCHEMA a;
CREATE TABLE public.one (a integer);
CREATE TABLE public.two (a integer);
