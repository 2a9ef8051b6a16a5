-- Returns 'built', then id and value of each member within the radius. Returns nothing if the shard is not built, see built.lua.
-- KEYS: positions, members, built. ARGV: longitude, latitude, radius in metres.
if redis.call('GET', KEYS[3]) ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
  or redis.call('ZCARD', KEYS[1]) ~= redis.call('HLEN', KEYS[2]) then
  return {}
end
local answer = { 'built' }
for _, member in ipairs(redis.call('GEOSEARCH', KEYS[1], 'FROMLONLAT', ARGV[1], ARGV[2], 'BYRADIUS', ARGV[3], 'm')) do
  answer[#answer + 1] = member
  answer[#answer + 1] = redis.call('HGET', KEYS[2], member)
end
return answer
