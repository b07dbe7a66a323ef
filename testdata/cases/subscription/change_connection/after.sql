CREATE SUBSCRIPTION s CONNECTION 'postgresql://reader@[::1]:5433/elsewhere?sslmode=require' PUBLICATION books
  WITH (connect = false);
