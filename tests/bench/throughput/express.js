// The preflights of the table, answered by Express with its cors package.
const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({
  origin: ['http://localhost:8000'], methods: ['GET', 'PUT'], allowedHeaders: ['content-type'], credentials: true,
  maxAge: 600,
}));
app.put('/items/1', (request, response) => response.json({item_id: 1, name: 'pencil'}));
app.listen(5604, '127.0.0.1');
