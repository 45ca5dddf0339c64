/** Under this the control API lives; everything else is the emulated service, and the page. */
export const controlPath = '/_bakeline'
