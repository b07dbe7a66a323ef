CREATE TABLE public.t (
    a integer,
    b boolean,
    c integer
);
