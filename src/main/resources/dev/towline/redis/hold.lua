-- Holds a word for a while longer, whatever it is; where there is none, or the one to be replaced, the proposed one. Answers the word.
-- KEYS: the word's. ARGV: proposed, to be replaced (empty: none, *: any), milliseconds.
local present = redis.call('GET', KEYS[1])
if not present or present == ARGV[2] or ARGV[2] == '*' then
  present = ARGV[1]
end
redis.call('SET', KEYS[1], present, 'PX', ARGV[3])
return present
