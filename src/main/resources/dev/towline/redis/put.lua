-- Keeps a member unless a newer version of it is there: writers on several instances may arrive in any order.
-- KEYS: positions, texts. ARGV: member, version, longitude, latitude, text. Answers 1 if it was kept.
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known and tonumber(string.match(known, '^(%d+);')) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('GEOADD', KEYS[1], ARGV[3], ARGV[4], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ';' .. ARGV[5])
return 1
