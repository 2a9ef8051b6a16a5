-- Whether the shard was built in this Redis process and has a position of each member: the text of KEYS[3] is the id of the process then.
-- KEYS: positions, members, built. ARGV: 'begin' before members are put, 'mark' after all of them were, '' to ask.
-- A mark without its beginning, because Redis has lost what was put, marks nothing. Returns 1 if the shard is built.
local process = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local state = redis.call('GET', KEYS[3])
local isWhole = redis.call('ZCARD', KEYS[1]) == redis.call('HLEN', KEYS[2])
if ARGV[1] == 'begin' and (state ~= process or not isWhole) then
  if not isWhole then
    -- a position without its member would be there for ever
    redis.call('DEL', KEYS[1], KEYS[2])
  end
  state = 'begun:' .. process
  redis.call('SET', KEYS[3], state)
elseif ARGV[1] == 'mark' and state == 'begun:' .. process then
  state = process
  redis.call('SET', KEYS[3], state)
end
return state == process and isWhole and 1 or 0
