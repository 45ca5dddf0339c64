import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Puts text in a colour; gives it back as it is where there are no colours. */
export type Paint = (format: Format, text: string) => string

export const plain: Paint = (_, text) => text

/** Whether to colour is decided here, so newer versions of Node must not decide it again. */
export const coloured: Paint = (format, text) => styleText(format, text, { validateStream: false })
