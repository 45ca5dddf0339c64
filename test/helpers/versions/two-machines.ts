import { createMachine } from 'xstate'

export const door = createMachine({ id: 'door' })
export const desk = { machine: createMachine({ id: 'desk' }), migrations: {} }
export const deskItself = desk.machine
