-- Returns 'built', then member and version;text of each member within the radius. Returns nothing if the index is not built.
-- KEYS: positions, texts, built. ARGV: longitude, latitude, radius in metres.
if redis.call('EXISTS', KEYS[3]) == 0 then
  return {}
end
local answer = { 'built' }
for _, member in ipairs(redis.call('GEOSEARCH', KEYS[1], 'FROMLONLAT', ARGV[1], ARGV[2], 'BYRADIUS', ARGV[3], 'm')) do
  answer[#answer + 1] = member
  answer[#answer + 1] = redis.call('HGET', KEYS[2], member)
end
return answer
