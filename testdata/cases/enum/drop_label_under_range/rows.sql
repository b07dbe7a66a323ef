INSERT INTO tests VALUES ('low', '[low,mid]', '{[low,mid]}', '{"{[low,mid)}"}');
