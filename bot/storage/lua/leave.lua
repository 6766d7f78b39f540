-- A person leaves a live session: what they answered there is erased, and the counts of what is open follow. Those
-- of closed questions stay: shown before and after, they would tell what this person chose.
-- KEYS: 1 people, 2 form, 3 forms, 4 cards, 5 who took part in a check, 6 gate
-- ARGV: 1 person (or their pseudonym), 2 the form's name, 3 '1' to come back instead, '2' to leave without a trace,
--       4 how many questions a quiz has so far, 5 key prefix of votes, 6 key prefix of tallies, 7 seconds, 8 person
-- Returns 1. The prefixes are of the same partition, hence of the same slot.
if ARGV[3] == '1' then
  if redis.call('HGET', KEYS[1], ARGV[1]) == '-' then redis.call('HDEL', KEYS[1], ARGV[1]) end
  return 1
end
local open = redis.call('HGET', KEYS[6], 'open')
for number = 1, tonumber(ARGV[4]) do
  local letter = redis.call('HGET', ARGV[5] .. number, ARGV[1])
  if letter then
    redis.call('HDEL', ARGV[5] .. number, ARGV[1])
    if open == 'all' or open == tostring(number) then
      redis.call('HINCRBY', ARGV[6] .. number, letter, -1)
      redis.call('HINCRBY', ARGV[6] .. number, 'answered', -1)
    end
  end
end
local name = redis.call('HGET', KEYS[1], ARGV[1])
if open == 'all' and name and name ~= '-' then redis.call('HINCRBY', ARGV[6] .. 'all', 'answered', -1) end
if redis.call('SREM', KEYS[3], ARGV[2]) == 1 then
  redis.call('HINCRBY', ARGV[6] .. 'check', 'answered', -1)
  if redis.call('HGET', KEYS[2], 'done') then redis.call('HINCRBY', ARGV[6] .. 'check', 'finished', -1) end
  redis.call('DEL', KEYS[2])
end
redis.call('HDEL', KEYS[5], ARGV[8])
if ARGV[3] == '2' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], '-')
end
redis.call('EXPIRE', KEYS[1], ARGV[7])
redis.call('HINCRBY', KEYS[4], 'want', 1)
return 1
