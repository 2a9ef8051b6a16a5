-- Holds a word for a while longer, whatever it is; where there is none, or it is to be another one, the proposed one. Answers the word.
-- KEYS: the word's. ARGV: proposed, 'anew' if it is to be another one, milliseconds.
local present = redis.call('GET', KEYS[1])
if not present or ARGV[2] == 'anew' then
  present = ARGV[1]
end
redis.call('SET', KEYS[1], present, 'PX', ARGV[3])
return present
