CREATE TABLE reading (taken date NOT NULL, value integer) PARTITION BY RANGE (taken);
CREATE TABLE reading_2025 (
    taken date NOT NULL,
    value integer,
    CONSTRAINT of_2025 CHECK (taken >= '2025-01-01' AND taken < '2026-01-01')
);
