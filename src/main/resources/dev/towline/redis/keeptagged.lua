-- Stores a value with the ids of its tags, unless a tag was invalidated since the lease was given, or a newer version of one of its entities
-- is shared. Returns 1 if it was stored.
-- KEYS: value, tags of the tenant, shared entities, each of which begins with its version in ten digits.
-- ARGV: lease, value, its lifetime in ms, a random id for new tags, the lifetime of the tags in ms, the maximum number of tags, a version for
-- each entity, tags.
if redis.call('HGET', KEYS[2], 'ticket') ~= ARGV[1] then
  return 0
end
for i = 3, #KEYS do
  if redis.call('GETRANGE', KEYS[i], 0, 9) > ARGV[i + 4] then
    return 0
  end
end
if redis.call('HLEN', KEYS[2]) > tonumber(ARGV[6]) then
  redis.call('DEL', KEYS[2])
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'value', ARGV[2])
for i = #KEYS + 5, #ARGV do
  redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[4])
  redis.call('HSET', KEYS[1], ARGV[i], redis.call('HGET', KEYS[2], ARGV[i]))
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return 1
