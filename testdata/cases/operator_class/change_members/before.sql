CREATE OPERATOR FAMILY f USING gist;
CREATE OPERATOR CLASS points FOR TYPE point USING gist FAMILY f AS
  OPERATOR 1 <<(point, point), STORAGE box,
  FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
  FUNCTION 3 gist_point_compress(internal), FUNCTION 5 gist_box_penalty(internal, internal, internal),
  FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal);
