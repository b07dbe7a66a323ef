CREATE TABLE named (a regclass, b regproc, c regtype, d regnamespace, e regrole, f aclitem) WITH (toast.autovacuum_enabled = false);
CREATE TABLE noted (a regclass, b text) WITH (toast.autovacuum_enabled = false);
