# The median of values[key, 1..count[key]], or "" if nothing was measured.
function median(values, key,    n, i, j, sorted, value) {
  n = count[key]
  if (n == 0) {
    return ""
  }
  for (i = 1; i <= n; i++) {
    value = values[key, i]
    for (j = i - 1; j >= 1 && sorted[j] > value; j--) {
      sorted[j + 1] = sorted[j]
    }
    sorted[j + 1] = value
  }
  return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
