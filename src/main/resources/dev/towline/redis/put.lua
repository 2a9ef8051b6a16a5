-- Stores a member unless this or a newer version is stored, because writes of several instances may arrive in any order.
-- KEYS: positions, texts. ARGV: member, version, longitude, latitude, text. Returns 1 if it was stored.
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known and tonumber(string.match(known, '^(%d+);')) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('GEOADD', KEYS[1], ARGV[3], ARGV[4], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ';' .. ARGV[5])
return 1
