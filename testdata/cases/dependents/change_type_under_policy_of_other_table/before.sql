CREATE TABLE member (who varchar(20), tenant integer);
CREATE TABLE t (tenant bigint);
CREATE POLICY p ON t USING (tenant IN (SELECT m.tenant FROM member AS m));
