-- Remember what sent messages ask, so that a reply that is typed finds it.
-- KEYS: for each the recipient's hash by series, then the message's own; a dash where there is none.
-- ARGV: 1 now (seconds), 2 seconds to keep them, 3 seconds to keep traces, then for each: the series, what it
--       asks, the traces of the person.
for i = 1, #KEYS / 2 do
  local person, message = KEYS[2 * i - 1], KEYS[2 * i]
  local series, asks, traces = ARGV[3 * i + 1], ARGV[3 * i + 2], ARGV[3 * i + 3]
  if person:sub(-2) ~= ':-' then
    redis.call('HSET', person, series, asks)
    redis.call('EXPIRE', person, ARGV[2])
    redis.call('ZADD', traces, ARGV[1] + ARGV[2], person)
    if message:sub(-2) ~= ':-' then redis.call('ZADD', traces, ARGV[1] + ARGV[2], message) end
    redis.call('EXPIRE', traces, ARGV[3])
  end
  if message:sub(-2) ~= ':-' then redis.call('SET', message, asks, 'EX', ARGV[2]) end
end
