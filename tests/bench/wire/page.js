// What every browser of the table runs: fetches for so many seconds; resolves with how many there were a second.
async function fetchesPerSecond(fetch, seconds) {
  const once = async () => {
    const response = await fetch('http://127.0.0.1:5610/items/1', {
      method: 'PUT', credentials: 'include', headers: {'Content-Type': 'application/json'}, body: '{"name":"pencil"}',
    });
    if (response.status !== 200) throw new Error('status ' + response.status);
    await response.text();
  };
  await once();
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < seconds * 1000; ++count) await once();
  return count * 1000 / (performance.now() - start);
}
if (typeof module !== 'undefined') module.exports = fetchesPerSecond;
