-- Remember what sent messages ask, so that a reply that is typed finds it; not of those forgotten since.
-- KEYS: for each the recipient's hash by series, the message's own (a dash where there is none), and when the
--       person was last forgotten.
-- ARGV: 1 now (seconds), 2 seconds to keep them, 3 seconds to keep traces, then for each: the series, what it
--       asks, the traces of the person ('' for a channel), when it was sent (seconds).
for i = 1, #KEYS / 3 do
  local recipient, message, forgotten = KEYS[3 * i - 2], KEYS[3 * i - 1], KEYS[3 * i]
  local series, asks, traces, sent = unpack(ARGV, 4 * i, 4 * i + 3)
  local personal = traces ~= ''
  local function trace(key)
    redis.call('ZADD', traces, ARGV[1] + ARGV[2], key)
    redis.call('EXPIRE', traces, ARGV[3])
  end
  if not personal or tonumber(redis.call('HGET', forgotten, 'v') or -1) < tonumber(sent) then
    redis.call('HSET', recipient, series, asks)
    redis.call('EXPIRE', recipient, ARGV[2])
    if personal then trace(recipient) end
    if message:sub(-2) ~= ':-' then
      redis.call('SET', message, asks, 'EX', ARGV[2])
      if personal then trace(message) end
    end
  end
end
