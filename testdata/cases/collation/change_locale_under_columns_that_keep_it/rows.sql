INSERT INTO public.t (name, short, other) VALUES ('z', 'a', 'c'); INSERT INTO public.refers VALUES ('z'); INSERT INTO public.below (name, short, more) VALUES ('y', 'b', 'm');
