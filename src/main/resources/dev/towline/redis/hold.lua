-- Returns a shared text and extends its lifetime. Creates it if it is absent, or replaces it.
-- KEYS: the text. ARGV: the text to create, 'anew' to replace an existing one, the lifetime in ms.
local present = redis.call('GET', KEYS[1])
if not present or ARGV[2] == 'anew' then
  present = ARGV[1]
end
redis.call('SET', KEYS[1], present, 'PX', ARGV[3])
return present
