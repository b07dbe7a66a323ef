SELECT a <-> b, a @>- b, a OPERATOR(s.@@) b, a *-- c
 b, a -/* c */- b