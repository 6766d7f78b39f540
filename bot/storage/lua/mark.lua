-- Something is about to be done in a partition, of which more may then have to be done.
-- KEYS: 1 all partitions, 2 the active ones; ARGV: 1 the partition, 2 '1' where it is to be there from now on.
if ARGV[2] == '1' then redis.call('SADD', KEYS[1], ARGV[1]) end
redis.call('ZADD', KEYS[2], redis.call('TIME')[1], ARGV[1])
