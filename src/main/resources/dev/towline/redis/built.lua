-- Whether the shard was built in this Redis process: the text of KEYS[3] is the id of the process then.
-- KEYS: positions, members, built. ARGV: 'mark' to mark it so. Returns 1 if it is built.
local process = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if ARGV[1] == 'mark' then
  redis.call('SET', KEYS[3], process)
end
return redis.call('GET', KEYS[3]) == process and 1 or 0
