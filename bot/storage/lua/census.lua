-- How many lines of a ledger are in each state, without their leaving the server.
-- KEYS: 1 ledger, 2 pseudonyms of those who have answered without their name
-- Returns {state, how many, …}; nothing where there are pseudonyms, whose people the ledger has in other states.
if redis.call('EXISTS', KEYS[2]) == 1 then return false end
local counts = {}
for _, line in ipairs(redis.call('HVALS', KEYS[1])) do
  local state, flags = line:match('^([^\n]*)\n[^\n]*\n([^\n]*)')
  if state == 'sent' and flags:find('p') then state = 'returned' end
  counts[state] = (counts[state] or 0) + 1
end
local found = {}
for state, count in pairs(counts) do
  found[#found + 1] = state
  found[#found + 1] = count
end
return found
