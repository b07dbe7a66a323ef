CREATE TABLE papers (id uuid DEFAULT gen_random_uuid());
