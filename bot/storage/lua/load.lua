-- What a turn needs to know, in one round trip.
-- KEYS: conversation, profile, rate, receipt, work, missed, here, forgotten, waiting (the person),
--       waiting (the thread), buttons offered to the person, those of the card of the thread,
--       how the talk stood at its message, whether the person has refused, what was set aside of the
--       conversation, the work, what is open here and what was missed, idempotency keys…
-- Returns {version or false, state or false, profile as a flat list, rate or false, receipt or false,
--          1 if seen else 0, work's version or false, work or false, missed or false,
--          here's version or false, here or false, when the person was last forgotten or false,
--          what waits for the person's reply, and for one in the thread, the buttons offered,
--          the card's or false, how the talk stood or false, 1 if they have refused else 0,
--          and the four lists of what was set aside}.
local state = redis.call('HMGET', KEYS[1], 'v', 's')
local work = redis.call('HMGET', KEYS[5], 'v', 's')
local here = redis.call('HMGET', KEYS[7], 'v', 's')
local seen = 0
for i = 19, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then seen = 1 end
end
return {state[1], state[2], redis.call('HGETALL', KEYS[2]), redis.call('GET', KEYS[3]), redis.call('GET', KEYS[4]), seen,
        work[1], work[2], redis.call('GET', KEYS[6]), here[1], here[2], redis.call('HGET', KEYS[8], 'v'),
        redis.call('HGETALL', KEYS[9]), redis.call('GET', KEYS[10]),
        redis.call('LRANGE', KEYS[11], 0, -1), redis.call('GET', KEYS[12]), redis.call('GET', KEYS[13]), redis.call('EXISTS', KEYS[14]),
        redis.call('LRANGE', KEYS[15], 0, -1), redis.call('LRANGE', KEYS[16], 0, -1),
        redis.call('LRANGE', KEYS[17], 0, -1), redis.call('LRANGE', KEYS[18], 0, -1)}
