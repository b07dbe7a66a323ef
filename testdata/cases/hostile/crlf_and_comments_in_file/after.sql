/* outer /* inner */ still */ CREATE TABLE t ( -- ; not the end
  id /* ; */ integer, v text -- "unbalanced ' quote
  DEFAULT 'x'
) ; ;
