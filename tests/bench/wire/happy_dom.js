const {Window} = require('happy-dom');
const fetchesPerSecond = require('./page.js');

const window = new Window({url: 'http://localhost:8000/'});
fetchesPerSecond(window.fetch.bind(window), Number(process.argv[2])).then(rate => {
  console.log(rate.toFixed(1));
  process.exit(0);
}, error => {
  console.error(error);
  process.exit(1);
});
