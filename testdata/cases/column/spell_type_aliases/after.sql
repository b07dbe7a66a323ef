CREATE TABLE t (a int4, b int2, c int8, d float4, e float, f bool, g varchar(3), h char, i timestamptz, j time, k decimal(4,1), l varbit(3), m int[], n text[3][4]);
