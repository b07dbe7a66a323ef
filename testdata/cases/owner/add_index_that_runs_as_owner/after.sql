-- the functions of an index run as the owner of its table
CREATE FUNCTION fold(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF current_user <> 'app_writer' THEN
    RAISE EXCEPTION 'only for app_writer';
  END IF;
  RETURN lower(word);
END $$;

CREATE TABLE message (id integer, body text);
ALTER TABLE message OWNER TO app_writer;
CREATE INDEX message_fold_idx ON message (fold(body));

CREATE TABLE answer (id integer, body text);
ALTER TABLE answer OWNER TO app_writer;
CREATE INDEX answer_fold_idx ON answer (fold(body));
