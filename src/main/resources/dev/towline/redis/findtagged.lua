-- Returns the lease, and the value if each of its tags still has the id that it had when the value was stored.
-- KEYS: value, tags of the tenant. ARGV: a new random id, the lifetime of the tags in ms.
-- A stored value is a hash with the field 'value' and a field with the id of each tag.
if redis.call('HSETNX', KEYS[2], 'ticket', ARGV[1]) == 1 then
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
local lease = redis.call('HGET', KEYS[2], 'ticket')
local held = redis.call('HGETALL', KEYS[1])
local value = nil
for i = 1, #held, 2 do
  if held[i] == 'value' then
    value = held[i + 1]
  elseif redis.call('HGET', KEYS[2], held[i]) ~= held[i + 1] then
    return { lease }
  end
end
return { lease, value }
