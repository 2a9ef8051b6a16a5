-- Answers a ticket, and a value if each of its marks still has the word that the value was kept with.
-- KEYS: the value's, the marks'. ARGV: a new word, how long marks are kept in ms.
-- A value is a hash: what it is under 'value', and the words of its marks under their names.
if redis.call('HSETNX', KEYS[2], 'ticket', ARGV[1]) == 1 then
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
local ticket = redis.call('HGET', KEYS[2], 'ticket')
local held = redis.call('HGETALL', KEYS[1])
local value = nil
for i = 1, #held, 2 do
  if held[i] == 'value' then
    value = held[i + 1]
  elseif redis.call('HGET', KEYS[2], held[i]) ~= held[i + 1] then
    return { ticket }
  end
end
return { ticket, value }
