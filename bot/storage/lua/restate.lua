-- Change all lines of a ledger that are in some states to another one.
-- KEYS: 1 ledger
-- ARGV: 1 the new state, 2 its detail, 3 the states that are changed, parted by spaces
-- Returns how many were changed.
local from = {}
for state in ARGV[3]:gmatch('%S+') do from[state] = true end
local changed = 0
for _, one in ipairs(redis.call('HKEYS', KEYS[1])) do
  local line = redis.call('HGET', KEYS[1], one)
  local state, _, flags, name = line:match('^([^\n]*)\n([^\n]*)\n([^\n]*)\n(.*)$')
  if from[state] then
    redis.call('HSET', KEYS[1], one, table.concat({ARGV[1], ARGV[2], flags, name}, '\n'))
    changed = changed + 1
  end
end
return changed
