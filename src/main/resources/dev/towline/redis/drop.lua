-- Removes members. KEYS: positions, members. ARGV: ids.
for _, member in ipairs(ARGV) do
  redis.call('ZREM', KEYS[1], member)
  redis.call('HDEL', KEYS[2], member)
end
return #ARGV
