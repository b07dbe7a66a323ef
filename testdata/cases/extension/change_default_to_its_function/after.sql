CREATE EXTENSION "uuid-ossp";
CREATE TABLE papers (id uuid DEFAULT uuid_generate_v4());
