// jsdom has no fetch of its own, but XMLHttpRequest with preflights.
const {JSDOM} = require('jsdom');
const fetchesPerSecond = require('./page.js');

const {window} = new JSDOM('', {url: 'http://localhost:8000/'});
const fetch = (url, options) => new Promise((resolve, reject) => {
  const request = new window.XMLHttpRequest();
  request.open(options.method, url);
  request.withCredentials = options.credentials === 'include';
  for (const [name, value] of Object.entries(options.headers)) request.setRequestHeader(name, value);
  request.onload = () => resolve({status: request.status, text: async () => request.responseText});
  request.onerror = () => reject(new Error('network error'));
  request.send(options.body);
});
fetchesPerSecond(fetch, Number(process.argv[2])).then(rate => {
  console.log(rate.toFixed(1));
  process.exit(0);
});
