-- members come with what default privileges give, which is nothing that the file takes away
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO app_reader;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO app_reader;
