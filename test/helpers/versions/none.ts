export const door = { id: 'door' }
