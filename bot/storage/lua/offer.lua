-- Remember the buttons of a message that was sent to a person, so that their labels can be typed; not of
-- somebody forgotten since.
-- KEYS: the person's list, what holds something of them, when they were last forgotten.
-- ARGV: 1 now (seconds), 2 seconds to keep them, 3 seconds to keep traces, 4 how many are kept, 5 when the
--       message was made (seconds), then the buttons, the last one first.
if tonumber(redis.call('HGET', KEYS[3], 'v') or -1) >= tonumber(ARGV[5]) then return end
for i = 6, #ARGV do redis.call('LPUSH', KEYS[1], ARGV[i]) end
redis.call('LTRIM', KEYS[1], 0, ARGV[4] - 1)
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], math.floor(ARGV[1]) + ARGV[2], KEYS[1])
redis.call('EXPIRE', KEYS[2], ARGV[3])
