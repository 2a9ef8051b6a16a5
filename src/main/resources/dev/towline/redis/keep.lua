-- Keeps values for a while, each unless one of a newer version is there: writers on several instances may arrive in any order.
-- KEYS: of the values. ARGV: for each in turn its milliseconds and the value, which begins with its version in ten digits.
for i, key in ipairs(KEYS) do
  if redis.call('GETRANGE', key, 0, 9) <= string.sub(ARGV[2 * i], 1, 10) then
    redis.call('SET', key, ARGV[2 * i], 'PX', ARGV[2 * i - 1])
  end
end
return #KEYS
