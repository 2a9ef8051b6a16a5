-- Stores each value unless a newer version is stored, because writes of several instances may arrive in any order.
-- KEYS: the values. ARGV: for each value its lifetime in ms, then the value, which begins with its version in ten digits.
for i, key in ipairs(KEYS) do
  if redis.call('GETRANGE', key, 0, 9) <= string.sub(ARGV[2 * i], 1, 10) then
    redis.call('SET', key, ARGV[2 * i], 'PX', ARGV[2 * i - 1])
  end
end
return #KEYS
