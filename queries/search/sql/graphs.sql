SELECT DISTINCT graph FROM entry WHERE graph != ''
