-- Stores members, each unless this or a newer version is stored, because writes of several instances may arrive in any order.
-- KEYS: positions, members. ARGV, for each member: id, version in ten digits, longitude, latitude, bytes. Returns the ids of those stored.
local stored = {}
for i = 1, #ARGV, 5 do
  local known = redis.call('HGET', KEYS[2], ARGV[i])
  if not known or string.sub(known, 1, 10) < ARGV[i + 1] or not redis.call('ZSCORE', KEYS[1], ARGV[i]) then
    redis.call('GEOADD', KEYS[1], ARGV[i + 2], ARGV[i + 3], ARGV[i])
    redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1] .. ARGV[i + 4])
    stored[#stored + 1] = ARGV[i]
  end
end
return stored
