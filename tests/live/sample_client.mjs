// The sample client that people brought along, with an address and a token, over each transport that it may take.
// Reads nothing; says what it is told, a line of JSON each.
import { io } from 'socket.io-client';

const { ADDRESS, TOKEN, STORE } = process.env;
const say = (client, event, data) => console.log(JSON.stringify({ client, event, data }));

for (const [client, options] of Object.entries({
  usual: {},
  websocket: { transports: ['websocket'] },
  polling: { transports: ['polling'] },
})) {
  const socket = io(ADDRESS, { auth: { token: TOKEN }, forceNew: true, ...options });

  // Listen for inventory updates
  socket.on('inventory_update', (data) => {
    say(client, 'inventory_update', data);
  });

  // Join store-specific updates
  socket.emit('join_store', { store_id: Number(STORE) });

  for (const event of ['connected', 'pong', 'goodbye', 'refused', 'connect_error', 'disconnect']) {
    socket.on(event, (data) => say(client, event, data?.message ?? data));
  }
  socket.emit('ping');
  // The client says when the store is joined to whoever asks; the sample does not.
  socket.emit('join_store', { store_id: Number(STORE) }, () => say(client, 'joined', socket.io.engine.transport.name));
}
