INSERT INTO marks VALUES (1, 'high', '{low}', 'low');
