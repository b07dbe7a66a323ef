-- the lower table joins the one in the middle before that gets its column, which comes down then
CREATE TABLE things (size integer);
CREATE TABLE boxes (size integer);
CREATE TABLE crates (size integer, label text);
