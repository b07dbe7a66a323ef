CREATE TABLE named (a regclass, b regproc, c regtype, d regnamespace, e regrole, f aclitem);
CREATE TABLE noted (a regclass, b text) WITH (toast.autovacuum_enabled = false);
