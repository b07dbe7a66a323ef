SELECT E'\\', E'\x41', U&'\0041' UESCAPE '!', B'01', X'1F', N'a', 'a'
'b', $$a$$, $t$ $ $t$