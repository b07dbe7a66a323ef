CREATE TYPE grade AS ENUM ('low', 'high', 'top');
CREATE TABLE marks (id integer, of_one grade DEFAULT 'low', of_all grade[], last grade);
