-- Note what a person did with something that waited for their reply, where that is remembered at all.
-- KEYS: 1 the recipient's hash by series
-- ARGV: 1 the series ('' for all), 2 the occurrence ('' for any), 3 what was done, or '' for nothing any more
local function note(series)
  if ARGV[3] == '' then redis.call('HDEL', KEYS[1], series .. ' step')
  else redis.call('HSET', KEYS[1], series .. ' step', ARGV[2] .. ' ' .. ARGV[3]) end
end
if redis.call('EXISTS', KEYS[1]) == 0 then return end
if ARGV[1] ~= '' then
  if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then note(ARGV[1]) end
  return
end
for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
  if not name:find(' ') then note(name) end
end
